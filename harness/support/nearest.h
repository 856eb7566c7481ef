#pragma once

#include <span>
#include <string>
#include <string_view>

namespace runoff {

/// The fewest single-character insertions, deletions, replacements and swaps of neighbours that turn `a` into
/// `b` (optimal string alignment).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// What follows the message of an unknown name: "; did you mean 'tbb'?" with the nearest known name, or
/// "; known: a, b, c" where no name is near. Empty where no name is known.
std::string suggestion(std::string_view name, std::span<const std::string> known);

}  // namespace runoff
