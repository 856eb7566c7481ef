#pragma once

#include <filesystem>
#include <span>
#include <string>

namespace runoff {

/// The command line, for a shell, that goes on with a run: the one it was begun with, its folder and
/// --resume.
std::string resume_command(std::span<const std::string> command_line, const std::filesystem::path& folder);

/// The command line of a new run with the same cells and another budget.
std::string with_budget(std::span<const std::string> command_line, const std::string& budget);

}  // namespace runoff
