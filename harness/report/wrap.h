#pragma once

#include <string>
#include <string_view>

namespace runoff {

/// Broken into lines of the width of a table, which a terminal would break within words. All lines but the
/// first begin with `indent`.
std::string wrapped(std::string_view text, std::string_view indent);

}  // namespace runoff
