#include "cli/written_files.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "record/run_folder.h"
#include "support/errors.h"
#include "support/files.h"

namespace runoff {
namespace {

namespace fs = std::filesystem;

/// What was written first would be lost. Devices and pipes take both.
bool overwrites(const fs::path& one, const fs::path& other) {
  std::error_code none;
  return is_same_file(one, other) && (fs::is_regular_file(one, none) || !fs::exists(one, none));
}

}  // namespace

std::array<WrittenFile, 2> exported_files(const Exports& exports) {
  return {{{"--export-markdown", exports.markdown}, {"--export-json", exports.json}}};
}

void require_own_files(std::span<const WrittenFile> files, std::span<const fs::path> folders) {
  for (const WrittenFile& one : files) {
    if (one.file.empty()) continue;
    for (const fs::path& folder : folders)
      if (!folder.empty() && is_file_of_run(one.file, folder))
        throw UsageError(
            fmt::format("{} '{}': that is a file of the run; name another", one.option, one.file.string()));
    for (const WrittenFile& other : files)
      if (&other < &one && !other.file.empty() && overwrites(one.file, other.file))
        throw UsageError(
            fmt::format("{} and {} name the same file, '{}'", other.option, one.option, one.file.string()));
  }
}

std::string why_not_written(const std::string& name) {
  if (name == "-") return {};  // standard output
  const fs::path file = name;
  const fs::path folder = file.has_parent_path() ? file.parent_path() : ".";
  std::error_code error;
  if (fs::is_directory(file, error)) return fmt::format("'{}' is a folder; name a file", name);
  const bool stays = fs::exists(file, error) && !fs::is_regular_file(fs::symlink_status(file, error));
  if (stays) {  // a device, a pipe or a link, in whatever folder
    if (::access(file.c_str(), W_OK) == 0) return {};
    return fmt::format("'{}' cannot be written: {}", name, std::generic_category().message(errno));
  }
  if (!fs::is_directory(folder, error))
    return fmt::format("'{}' cannot be written: ", name) +
           (fs::exists(folder, error) ? fmt::format("'{}' is not a folder", folder.string())
                                      : fmt::format("there is no folder '{}'", folder.string()));
  if (::access(folder.c_str(), W_OK | X_OK) != 0)
    return fmt::format("'{}' cannot be written: no file can be made in the folder '{}'", name,
                       folder.string());
  return {};
}

}  // namespace runoff
