#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

namespace runoff {

/// What a command does once the command line is read; returns runoff's exit status.
using Action = std::function<int()>;

/// Exit statuses, which scripts rely on.
enum Exit { exit_well = 0, exit_some_failed = 1, exit_usage = 2, exit_unusable = 3, exit_interrupted = 130 };

// Each adds its command and sets `action` when it is the one that was given.
void add_list(CLI::App& app, Action& action);
void add_run(CLI::App& app, Action& action, std::vector<std::string> command_line);
void add_report(CLI::App& app, Action& action);
void add_serve(CLI::App& app, Action& action);

}  // namespace runoff
