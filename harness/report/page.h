#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>

#include "report/style.h"

namespace runoff {

/// What text is laid out for.
struct Page {
  Painter paint{false};
  /// Characters in a line of the terminal; nothing where the text goes to a file or to another program.
  std::optional<std::size_t> terminal = {};
  /// Whether block characters show. What every font has, such as ×, is taken for granted.
  bool utf8 = true;

  /// At which sentences are broken. A line of more than 120 characters is hard to read.
  std::size_t width() const { return terminal ? std::clamp<std::size_t>(*terminal, 40, 120) : 108; }
};

}  // namespace runoff
