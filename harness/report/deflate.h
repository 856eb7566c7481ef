#pragma once

#include <string>
#include <string_view>

namespace runoff {

/// The text, compressed (RFC 1950) and written in Base64: a page unpacks it with what every browser has.
std::string deflated(std::string_view text);

}  // namespace runoff
