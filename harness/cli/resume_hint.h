#pragma once

#include <filesystem>
#include <span>
#include <string>

namespace runoff {

/// The command line, for a shell, that goes on with a run: the one it was begun with, its folder and
/// --resume.
std::string resume_command(std::span<const std::string> command_line, const std::filesystem::path& folder);

}  // namespace runoff
