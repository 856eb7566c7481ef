#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace runoff {

/// The folder of a workload whose tasks use files: TMPDIR/runoff-NAME. It has the same path in every process
/// and rank of a cell, so that all of them see the same files, and it is theirs alone as long as TMPDIR is:
/// `runoff run` gives each cell one of its own. A script that starts several cells at a time sets TMPDIR for
/// each.
class CellFolder {
 public:
  explicit CellFolder(std::string_view name) {
    const char* parent = std::getenv("TMPDIR");
    path_ = parent != nullptr && *parent != '\0' ? parent : "/tmp";
    while (path_.size() > 1 && path_.ends_with('/')) path_.pop_back();
    path_.append("/runoff-").append(name);
  }
  CellFolder(const CellFolder&) = delete;
  CellFolder& operator=(const CellFolder&) = delete;

  /// Removes it with all that it holds, in the process that called `make`; forked ones leave it alone.
  ~CellFolder() {
    if (maker_ != ::getpid()) return;
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  /// Makes the folder, which only this user can enter; belongs into `Workload::fill`. Another rank may have
  /// made it before. Throws std::runtime_error.
  void make() {
    if (::mkdir(path_.c_str(), S_IRWXU) != 0) {
      if (errno != EEXIST)
        throw std::runtime_error("cannot make the folder '" + path_ +
                                 "': " + std::generic_category().message(errno));
      struct stat found {};
      // In a folder like /tmp, what lies there may be a trap of another user.
      const bool ours = ::lstat(path_.c_str(), &found) == 0 && S_ISDIR(found.st_mode) &&
                        found.st_uid == ::geteuid() && (found.st_mode & (S_IRWXG | S_IRWXO)) == 0;
      if (!ours)
        throw std::runtime_error("'" + path_ + "' is in the way; remove it, or set TMPDIR to another folder");
    }
    maker_ = ::getpid();
  }

  const std::string& path() const { return path_; }

 private:
  std::string path_;
  pid_t maker_ = 0;
};

}  // namespace runoff
