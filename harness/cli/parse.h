#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace runoff {

/// The command that a command line asks for; returns runoff's exit status.
using Action = std::function<int()>;

/// Reads the command line of runoff, the only place that knows CLI11. An exit status where there is nothing
/// more to do:
/// --help and --version are answered. Throws UsageError, with the nearest command or option where one is
/// unknown.
std::variant<Action, int> parse(const std::vector<std::string>& command_line);

}  // namespace runoff
