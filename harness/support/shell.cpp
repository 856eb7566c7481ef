#include "support/shell.h"

#include <utility>

namespace runoff {

std::string shell_quoted(std::string_view word) {
  constexpr const char* plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./=:,+@%";
  if (!word.empty() && word.find_first_not_of(plain) == word.npos) return std::string(word);
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

std::optional<std::vector<std::string>> shell_words(std::string_view text) {
  std::vector<std::string> words;
  bool within = false;  // a word, which may be empty
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != '\'' && text.substr(i, 2) == "\\\n") {  // the line goes on
      ++i;
      continue;
    }
    if (quote == 0 && std::string_view(" \t\n").find(c) != std::string_view::npos) {
      within = false;
      continue;
    }
    if (!std::exchange(within, true)) words.emplace_back();
    if (c == quote) {
      quote = 0;
    } else if (quote == 0 && (c == '\'' || c == '"')) {
      quote = c;
    } else if (c == '\\' && quote != '\'') {
      if (++i == text.size()) return std::nullopt;
      // Between double quotes it keeps its meaning before these alone.
      if (quote == '"' && std::string_view("$`\"\\").find(text[i]) == std::string_view::npos)
        words.back() += c;
      words.back() += text[i];
    } else {
      words.back() += c;
    }
  }
  if (quote != 0) return std::nullopt;
  return words;
}

}  // namespace runoff
