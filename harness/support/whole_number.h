#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <string>

namespace runoff {

/// For options of a command line, as CLI11 takes it: says what is wrong with a text that is no whole number
/// in decimal digits within these limits, and else leaves it without leading zeros. CLI11 itself would read
/// -1 as a huge number, an empty word as 0 and 010 as 8.
inline std::function<std::string(std::string&)> whole_number(
    std::uint64_t least, std::uint64_t most = std::numeric_limits<std::uint64_t>::max()) {
  return [least, most](std::string& text) -> std::string {
    bool good = !text.empty() && text.find_first_not_of("0123456789") == text.npos;
    std::uint64_t value = 0;
    for (const char digit : text) {
      const auto added = static_cast<std::uint64_t>(digit - '0');
      good = good && value <= (std::numeric_limits<std::uint64_t>::max() - added) / 10;
      if (good) value = 10 * value + added;
    }
    if (!good || value < least || value > most)
      return "'" + text + "' is none; it takes a whole number from " + std::to_string(least) + " to " +
             std::to_string(most);
    text = std::to_string(value);
    return {};
  };
}

}  // namespace runoff
