#include "process/shared_memory_files.h"

#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <system_error>
#include <utility>

#include "support/proc.h"

namespace runoff {
namespace {

namespace fs = std::filesystem;

/// The files of a folder by inode, with their names.
std::map<ino_t, fs::path> files_in(const fs::path& folder) {
  std::map<ino_t, fs::path> files;
  std::error_code ignored;
  for (fs::directory_iterator entry(folder, ignored), end; entry != end; entry.increment(ignored)) {
    struct stat about {};
    if (::lstat(entry->path().c_str(), &about) == 0) files[about.st_ino] = entry->path();
  }
  return files;
}

std::set<ino_t> inodes_in(const fs::path& folder) {
  std::set<ino_t> inodes;
  for (const auto& [inode, file] : files_in(folder)) inodes.insert(inode);
  return inodes;
}

Descriptor watch_new_files(const fs::path& folder) {
  Descriptor watch(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  if (::inotify_add_watch(watch.get(), folder.c_str(), IN_CREATE) < 0) watch.close();
  return watch;
}

}  // namespace

SharedMemoryFiles::SharedMemoryFiles(fs::path folder)
    : folder_(std::move(folder)), made_(watch_new_files(folder_)), before_(inodes_in(folder_)) {}

void SharedMemoryFiles::note(std::span<const pid_t> processes) {
  // Before the look: what is made meanwhile is worth another one.
  for (std::array<char, 4096> events; ::read(made_.get(), events.data(), events.size()) > 0;) {
  }
  for (const pid_t process : processes) keep_held(process, held_);
  std::erase_if(held_, [this](ino_t inode) { return before_.contains(inode); });
}

void SharedMemoryFiles::keep_held(pid_t process, std::set<ino_t>& held) const {
  const std::string inside = folder_.string() + "/";
  const fs::path about = fs::path("/proc") / std::to_string(process);
  std::ifstream maps(about / "maps");
  for (std::string line; std::getline(maps, line);) {
    const std::size_t file = line.find(inside);
    if (file == line.npos) continue;
    std::string addresses, rights, offset, device;
    ino_t inode = 0;
    if (std::istringstream(line) >> addresses >> rights >> offset >> device >> inode) held.insert(inode);
  }
  std::error_code ignored;
  for (fs::directory_iterator entry(about / "fd", ignored), end; entry != end; entry.increment(ignored)) {
    struct stat open {};
    if (fs::read_symlink(entry->path(), ignored).string().starts_with(inside) &&
        ::stat(entry->path().c_str(), &open) == 0)
      held.insert(open.st_ino);
  }
}

void SharedMemoryFiles::remove_left() {
  std::map<ino_t, fs::path> left = files_in(folder_);
  std::erase_if(left, [this](const auto& file) { return !held_.contains(file.first); });
  held_.clear();
  if (left.empty()) return;
  std::set<ino_t> in_use;
  for (const pid_t process : all_processes()) keep_held(process, in_use);
  std::error_code ignored;
  for (const auto& [inode, file] : left)
    if (!in_use.contains(inode)) fs::remove(file, ignored);
}

}  // namespace runoff
