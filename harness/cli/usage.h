#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace runoff {

/// One line about a command line that is wrong, with the nearest command or option where one is unknown.
std::string explain(const CLI::App& app, const CLI::ParseError& error,
                    const std::vector<std::string>& arguments);

}  // namespace runoff
