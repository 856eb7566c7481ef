#pragma once

#include <string>
#include <string_view>

namespace runoff {

/// The word as a POSIX shell has to be given it: as it is where that is safe, else in single quotes.
std::string shell_quoted(std::string_view word);

}  // namespace runoff
