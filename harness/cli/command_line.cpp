#include "cli/command_line.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "support/shell.h"

namespace runoff {
namespace {

/// The words but for these options and their values, and for these flags, each with a blank behind it.
std::string without(std::span<const std::string> command_line,
                    std::initializer_list<std::string_view> options,
                    std::initializer_list<std::string_view> flags) {
  const auto is_in = [](std::initializer_list<std::string_view> names, std::string_view word) {
    return std::find(names.begin(), names.end(), word) != names.end();
  };
  std::string command;
  for (std::size_t i = 0; i < command_line.size(); ++i) {
    const std::string& word = command_line[i];
    if (is_in(flags, word)) continue;
    if (is_in(options, word)) {
      ++i;
      continue;
    }
    const std::size_t equals = word.find('=');
    if (equals != word.npos && is_in(options, std::string_view(word).substr(0, equals))) continue;
    command += shell_quoted(word) + " ";
  }
  return command;
}

}  // namespace

std::string resume_command(std::span<const std::string> command_line, const std::filesystem::path& folder) {
  return without(command_line, {"--out"}, {"--resume"}) + "--out " + shell_quoted(folder.string()) +
         " --resume";
}

std::string resume_command(std::span<const std::string> command_line, const std::filesystem::path& folder,
                           std::chrono::nanoseconds budget) {
  return without(command_line, {"--out", "--budget"}, {"--resume"}) + "--budget " + round_budget(budget) +
         " --out " + shell_quoted(folder.string()) + " --resume";
}

std::string round_budget(std::chrono::nanoseconds enough) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(enough).count();
  if (seconds <= 60) return std::to_string((seconds + 9) / 10 * 10) + "s";
  return std::to_string((seconds + 59) / 60) + "min";
}

std::string with_budget(std::span<const std::string> command_line, const std::string& budget) {
  return without(command_line, {"--out", "--budget"}, {"--resume"}) + "--budget " + budget;
}

std::string with_samples(std::span<const std::string> command_line, unsigned samples) {
  return without(command_line, {"--out", "--budget", "--samples"}, {"--resume"}) + "--samples " +
         std::to_string(samples);
}

}  // namespace runoff
