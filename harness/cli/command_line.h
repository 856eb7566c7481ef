#pragma once

#include <chrono>
#include <filesystem>
#include <span>
#include <string>

namespace runoff {

/// The command line, for a shell, that goes on with a run: the one it was begun with, its folder and
/// --resume.
std::string resume_command(std::span<const std::string> command_line, const std::filesystem::path& folder);

/// The same with a budget of its own.
std::string resume_command(std::span<const std::string> command_line, const std::filesystem::path& folder,
                           std::chrono::nanoseconds budget);

/// A budget for a command line: whole minutes from one minute on, else tens of seconds.
std::string round_budget(std::chrono::nanoseconds enough);

/// The command line of a new run with the same cells and another budget.
std::string with_budget(std::span<const std::string> command_line, const std::string& budget);

/// The command line of a new run with the same cells and so many samples of each.
std::string with_samples(std::span<const std::string> command_line, unsigned samples);

}  // namespace runoff
