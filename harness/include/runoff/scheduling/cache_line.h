#pragma once

#include <cstddef>

namespace runoff {

/// Data that different cores write lies at least so many bytes apart.
inline constexpr std::size_t cache_line = 64;

}  // namespace runoff
