#include "report/wrap.h"

#include <algorithm>
#include <cctype>

#include "report/table.h"

namespace runoff {
namespace {

bool is_number(std::string_view word) {
  if (word.starts_with('(')) word.remove_prefix(1);
  return !word.empty() && std::all_of(word.begin(), word.end(),
                                      [](unsigned char c) { return std::isdigit(c) != 0 || c == '.'; });
}

/// The word at the beginning, with the next where it is a number.
std::string_view first_word(std::string_view text) {
  const std::size_t end = std::min(text.find(' '), text.size());
  if (!is_number(text.substr(0, end)) || end + 1 >= text.size() || text[end + 1] == ' ')
    return text.substr(0, end);
  return text.substr(0, text.find(' ', end + 1));
}

}  // namespace

std::string wrapped(std::string_view text, std::string_view indent, std::size_t most, std::size_t taken) {
  std::string lines;
  std::size_t gap = 0;  // spaces before the next word
  bool first = true;
  while (!text.empty()) {
    if (text.front() == ' ') {
      ++gap;
      text.remove_prefix(1);
      continue;
    }
    const std::string_view word = first_word(text);
    text.remove_prefix(word.size());
    const bool begins_line = first && taken <= indent.size();
    if (taken + gap + width(word) > most && !begins_line) {
      lines += '\n';
      lines += indent;
      taken = indent.size();
    } else {
      lines.append(gap, ' ');
      taken += gap;
    }
    lines += word;
    taken += width(word);
    gap = 0;
    first = false;
  }
  return lines;
}

}  // namespace runoff
