#pragma once

#include <string>
#include <vector>

namespace runoff {

/// The words of a launcher's command, with the number of workers in the place of {workers}, or, where the
/// command has no such place, behind `-n` at its end.
std::vector<std::string> launcher_words(std::string command, unsigned workers);

}  // namespace runoff
