#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace benchmarks {

/// Numbers by name, as cells and programs by hand print them: one JSON object.
using Figures = std::map<std::string, double>;

/// Runs a shell command and returns the numbers that it printed. Throws std::runtime_error where it fails or
/// prints a status other than "ok".
Figures figures_of(const std::string& command);

/// One line of JSON.
std::string to_text(const Figures& figures);

/// A word of a shell command.
std::string shell_word(const std::filesystem::path& path);

/// The value that a share `p` of all does not exceed: the nearest of them.
double quantile(std::vector<double> values, double p);

}  // namespace benchmarks
