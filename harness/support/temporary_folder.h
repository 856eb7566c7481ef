#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

namespace runoff {

/// A new folder that only this user can enter, removed with all it holds.
class TemporaryFolder {
 public:
  /// Under TMPDIR, or /tmp. Throws std::system_error.
  TemporaryFolder() {
    const char* parent = std::getenv("TMPDIR");
    std::string name = std::string(parent != nullptr && *parent != '\0' ? parent : "/tmp") + "/runoff-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::system_error(errno, std::generic_category(), name);
    path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace runoff
