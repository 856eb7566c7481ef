#pragma once

#include <span>
#include <string>
#include <string_view>

namespace runoff {

/// The fewest single-character insertions, deletions, replacements and swaps of neighbours that turn `a` into
/// `b` (optimal string alignment).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// "; did you mean 'tbb'?" for the known name nearest to `name`; where none is near, "; known: a, b, c" (or
/// nothing when nothing is known). Made to follow the message of an unknown name.
std::string suggestion(std::string_view name, std::span<const std::string> known);

}  // namespace runoff
