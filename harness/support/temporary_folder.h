#pragma once

#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <system_error>
#include <utility>

#include "support/errors.h"

namespace runoff {

/// A path under TMPDIR, or /tmp, at which there is nothing: no other can guess it.
inline std::filesystem::path new_temporary_name() {
  constexpr const char* digits = "0123456789abcdefghijklmnopqrstuvwxyz";
  const char* parent = std::getenv("TMPDIR");
  std::string name = "runoff-";
  std::random_device random;
  for (int digit = 0; digit < 16; ++digit) name += digits[std::uniform_int_distribution<>(0, 35)(random)];
  return std::filesystem::path(parent != nullptr && *parent != '\0' ? parent : "/tmp") / name;
}

/// A new folder that only this user can enter, removed with all it holds.
class TemporaryFolder {
 public:
  /// Throws MachineError.
  TemporaryFolder() : TemporaryFolder(new_temporary_name()) {}
  explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {
    if (::mkdir(path_.c_str(), S_IRWXU) == 0) return;
    const std::error_code error(errno, std::generic_category());
    const char* parent = std::getenv("TMPDIR");
    throw MachineError("no temporary folder can be made in '" + path_.parent_path().string() +
                       "', which TMPDIR " +
                       (parent != nullptr && *parent != '\0' ? "names" : "does not change") + ": " +
                       error.message() + "; set TMPDIR to a folder where files can be made");
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
