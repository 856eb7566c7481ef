#pragma once

#include <cfenv>
#include <cstdint>
#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace runoff::cell {

/// How the processor computes for the calling thread: in which direction it rounds, and whether numbers next
/// to zero are zero for it, which is faster. A thread begins with the mode of the one that made it.
inline std::uint64_t float_mode() {
#if defined(__x86_64__)
  constexpr unsigned sticky = 0x3F;  // what has happened so far
  return _mm_getcsr() & ~sticky;
#elif defined(__aarch64__)
  std::uint64_t mode;
  asm volatile("mrs %0, fpcr" : "=r"(mode));
  return mode;
#else
  return static_cast<std::uint64_t>(std::fegetround());
#endif
}

}  // namespace runoff::cell
