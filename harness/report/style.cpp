#include "report/style.h"

#include <fmt/format.h>

namespace runoff {

Style style_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::fastest:
    case Verdict::tied:
      return Style::good;
    case Verdict::slower:
      return Style::plain;
    case Verdict::inconclusive:
    case Verdict::too_few:
    case Verdict::idle_workers:
      return Style::caution;
    case Verdict::kept_out:
      return Style::bad;
  }
  return Style::plain;
}

std::string Painter::operator()(Style style, std::string_view text) const {
  if (!colour_ || style == Style::plain || text.empty()) return std::string(text);
  const char* code = "0";
  switch (style) {
    case Style::plain:
      break;
    case Style::bold:
      code = "1";
      break;
    case Style::dim:
      code = "2";
      break;
    case Style::good:
      code = "1;32";
      break;
    case Style::caution:
      code = "33";
      break;
    case Style::bad:
      code = "31";
      break;
  }
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

}  // namespace runoff
