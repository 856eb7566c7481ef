#pragma once

#include <string>
#include <string_view>

#include "statistics/verdict.h"

namespace runoff {

/// How a piece of text is shown where colour is wanted.
enum class Style { plain, bold, dim, good, caution, bad };

Style style_of(Verdict verdict);

/// Colours text, or leaves it as it is.
class Painter {
 public:
  explicit Painter(bool colour) : colour_(colour) {}
  std::string operator()(Style style, std::string_view text) const;

 private:
  bool colour_;
};

}  // namespace runoff
