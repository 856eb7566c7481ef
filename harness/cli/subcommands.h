#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/parse.h"

namespace CLI {
class App;
}

namespace runoff {

// Each adds one command, with its options and its help, to the command line; when it is the one that is asked
// for, `action` becomes what it does. For parse.cpp alone, as are the options that several commands share.

void add_list(CLI::App& app, Action& action);
void add_run(CLI::App& app, Action& action, const std::vector<std::string>& command_line);
void add_claims(CLI::App& app, Action& action, const std::vector<std::string>& command_line);
void add_report(CLI::App& app, Action& action);
void add_explain(CLI::App& app, Action& action);
void add_advise(CLI::App& app, Action& action, const std::vector<std::string>& command_line);
void add_describe(CLI::App& app, Action& action);
void add_show(CLI::App& app, Action& action);
void add_new(CLI::App& app, Action& action);
void add_check(CLI::App& app, Action& action);
void add_compare(CLI::App& app, Action& action, const std::vector<std::string>& command_line);
void add_selftest(CLI::App& app, Action& action);
void add_doctor(CLI::App& app, Action& action);
void add_serve(CLI::App& app, Action& action);

/// All that say what is measured, and how.
void add_run_options(CLI::App& command, RunOptions& options);
void add_plugins(CLI::App& command, std::vector<std::filesystem::path>& plugins);
void add_exports(CLI::App& command, Exports& exports);
void add_all(CLI::App& command, bool& all);

}  // namespace runoff
