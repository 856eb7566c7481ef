// Options that several commands have.

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "cli/subcommands.h"
#include "report/report.h"

namespace runoff {
namespace {

/// Nothing is measured for a file that cannot be written in the end. Empty where it can, as CLI11 has it.
std::string why_not_written(const std::string& name) {
  if (name == "-") return {};  // standard output
  const std::filesystem::path file = name;
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) return fmt::format("'{}' is a folder; name a file", name);
  if (!std::filesystem::is_directory(folder, error))
    return fmt::format("'{}' cannot be written: ", name) +
           (std::filesystem::exists(folder, error) ? fmt::format("'{}' is not a folder", folder.string())
                                                   : fmt::format("there is no folder '{}'", folder.string()));
  if (::access(folder.c_str(), W_OK | X_OK) != 0)
    return fmt::format("'{}' cannot be written: no file can be made in the folder '{}'", name,
                       folder.string());
  return {};
}

}  // namespace

void add_plugins(CLI::App& command, std::vector<std::filesystem::path>& plugins) {
  command
      .add_option("--plugin", plugins,
                  "A module from elsewhere; so is every one in the folder RUNOFF_PLUGINS")
      ->type_name("FILE")
      ->allow_extra_args(false);
}

void add_exports(CLI::App& command, Exports& exports) {
  command
      .add_option("--export-markdown", exports.markdown,
                  "Write answers and tables to this file, too; - prints them and nothing else")
      ->check(CLI::Validator(why_not_written, ""))
      ->type_name("FILE");
  command
      .add_option("--export-json", exports.json,
                  "Write all that the page shows to this file, too; - prints it and nothing else")
      ->check(CLI::Validator(why_not_written, ""))
      ->type_name("FILE");
}

void add_all(CLI::App& command, bool& all) {
  command.add_flag("--all", all,
                   "Print all tables and paths on a terminal, too; files and pipes always get them");
}

}  // namespace runoff
