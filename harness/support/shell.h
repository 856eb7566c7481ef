#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace runoff {

/// The word as a POSIX shell has to be given it: as it is where that is safe, else in single quotes.
std::string shell_quoted(std::string_view word);

/// The words that a POSIX shell finds in text of blanks, quotes and backslashes; it expands nothing. Nothing
/// where a quote has no end, or no character follows a backslash.
std::optional<std::vector<std::string>> shell_words(std::string_view text);

}  // namespace runoff
