#include "report/wrap.h"

#include <algorithm>

#include "report/table.h"

namespace runoff {

std::string wrapped(std::string_view text, std::string_view indent) {
  constexpr std::size_t most = 104;
  std::string lines;
  std::size_t taken = 0;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (taken > 0 && taken + 1 + width(word) > most) {
      lines += '\n';
      lines += indent;
      taken = 0;
    } else if (taken > 0) {
      lines += ' ';
      ++taken;
    }
    lines += word;
    taken += width(word);
  }
  return lines;
}

}  // namespace runoff
