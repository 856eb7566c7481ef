#include "cli/resume_hint.h"

namespace runoff {
namespace {

std::string quoted(const std::string& word) {
  constexpr const char* plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./=:,+@%";
  if (!word.empty() && word.find_first_not_of(plain) == word.npos) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

}  // namespace

std::string resume_command(std::span<const std::string> command_line, const std::filesystem::path& folder) {
  std::string command;
  for (std::size_t i = 0; i < command_line.size(); ++i) {
    const std::string& word = command_line[i];
    if (word == "--resume" || word.starts_with("--out=")) continue;
    if (word == "--out") {
      ++i;
      continue;
    }
    command += quoted(word) + " ";
  }
  return command + "--out " + quoted(folder) + " --resume";
}

}  // namespace runoff
