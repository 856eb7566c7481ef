#include "oracle.h"

#include "x86_levels.h"

// To make the inputs anew takes longer than any kernel, unless it is done by wide vectors: what a compiler
// takes without being told, SSE2, cannot multiply 64 bits.

namespace stream {
namespace {

template <Kernel kernel>
[[gnu::always_inline]] inline std::size_t count(const double* out, std::size_t first, std::size_t size,
                                                int bits, double unit) {
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < size; ++i)
    wrong += out[i] != static_cast<double>(expected(kernel, first + i, bits)) * unit;
  return wrong;
}

[[gnu::always_inline]] inline std::size_t count(const double* out, Kernel kernel, std::size_t first,
                                                std::size_t size, int bits, double unit) {
  switch (kernel) {
    case Kernel::triad:
      return count<Kernel::triad>(out, first, size, bits, unit);
    case Kernel::copy:
      return count<Kernel::copy>(out, first, size, bits, unit);
    case Kernel::mul:
      return count<Kernel::mul>(out, first, size, bits, unit);
    case Kernel::add:
      return count<Kernel::add>(out, first, size, bits, unit);
    case Kernel::dot:
      return count<Kernel::dot>(out, first, size, bits, unit);
  }
  return size;
}

#ifdef __x86_64__
[[gnu::target("arch=x86-64-v4")]] std::size_t count_by_avx512(const double* out, Kernel kernel,
                                                              std::size_t first, std::size_t size, int bits,
                                                              double unit) {
  return count(out, kernel, first, size, bits, unit);
}
#endif

}  // namespace

std::size_t count_wrong(const double* out, Kernel kernel, std::size_t first, std::size_t size, int bits,
                        double unit) {
#ifdef __x86_64__
  if (vectors::has_x86_64_v4()) return count_by_avx512(out, kernel, first, size, bits, unit);
#endif
  return count(out, kernel, first, size, bits, unit);
}

}  // namespace stream
