#pragma once

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

#include "support/errors.h"

namespace runoff {

/// A new folder that only this user can enter, removed with all it holds.
class TemporaryFolder {
 public:
  /// Under TMPDIR, or /tmp. Throws MachineError.
  TemporaryFolder() {
    const char* parent = std::getenv("TMPDIR");
    const bool set = parent != nullptr && *parent != '\0';
    const std::string in = set ? parent : "/tmp";
    std::string name = in + "/runoff-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr)
      throw MachineError("no temporary folder can be made in '" + in + "', which TMPDIR " +
                         (set ? "names" : "does not change") + ": " + std::generic_category().message(errno) +
                         "; set TMPDIR to a folder where files can be made");
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
