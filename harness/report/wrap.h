#pragma once

#include <string>
#include <string_view>

namespace runoff {

/// Broken between words into lines of `most` characters; a terminal would break them within words. A number
/// keeps the word that follows it, which is its unit or what it counts. All lines but the first begin with
/// `indent`. On the first, `taken` characters stand already.
std::string wrapped(std::string_view text, std::string_view indent, std::size_t most, std::size_t taken = 0);

}  // namespace runoff
