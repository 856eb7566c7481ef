#pragma once

#include <cstdint>

namespace runoff {

/// Rises whenever a module built against older headers would no longer work. A module of another version is
/// refused.
inline constexpr std::uint32_t sdk_version = 21;

}  // namespace runoff
