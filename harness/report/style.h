#pragma once

#include <string>
#include <string_view>

namespace runoff {

/// How a piece of text is shown where colour is wanted.
enum class Style { plain, bold, dim, good, caution, bad };

/// Colours text, or leaves it as it is.
class Painter {
 public:
  explicit Painter(bool colour) : colour_(colour) {}
  std::string operator()(Style style, std::string_view text) const;

 private:
  bool colour_;
};

}  // namespace runoff
