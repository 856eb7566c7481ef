#include "report/wrap.h"

#include <algorithm>

#include "report/table.h"

namespace runoff {

std::string wrapped(std::string_view text, std::string_view indent, std::size_t most, std::size_t taken) {
  std::string lines;
  std::size_t gap = 0;  // spaces before the next word
  bool first = true;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    const bool last = word.size() == text.size();
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (!word.empty()) {
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
    if (!last) ++gap;
  }
  return lines;
}

}  // namespace runoff
