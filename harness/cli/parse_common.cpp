// Options that several commands have.

#include <CLI/CLI.hpp>

#include "cli/subcommands.h"
#include "cli/written_files.h"
#include "report/report.h"

namespace runoff {

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
