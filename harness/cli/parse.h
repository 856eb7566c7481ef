#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "cli/run_options.h"

namespace runoff {

/// The command that a command line asks for; returns runoff's exit status.
using Action = std::function<int()>;

/// Reads the command line of runoff; this file and those that add its commands alone know CLI11. An exit
/// status where there is nothing more to do:
/// --help and --version are answered. Throws UsageError, with the nearest command or option where one is
/// unknown.
std::variant<Action, int> parse(const std::vector<std::string>& command_line);

/// The options of a `runoff run` (or `runoff compare --interleave`), from the command line that
/// environment.json keeps of it: what is said there of anything else is passed over.
RunOptions recorded_options(const std::vector<std::string>& command_line);

}  // namespace runoff
