#include "compute.h"

#include <array>

#include "x86_levels.h"

namespace graph {
namespace {

// GCC's vectors, because its vectorizer leaves arrays of this size in memory: it would be bound by loads and
// stores.
typedef double Two __attribute__((vector_size(16)));
typedef double Four __attribute__((vector_size(32)));
typedef double Eight __attribute__((vector_size(64)));

/// Multiply-adds under way at once: two a cycle that take four cycles each. With the factor and the addend
/// that is 10 of 16 registers, so lanes that are more go in several passes.
constexpr std::size_t at_once = 8;

/// What a task costs beside its iterations is part of every METG, so the lanes are made and added up as
/// vectors, too.
template <class Vector>
[[gnu::always_inline]] inline std::uint64_t multiply_add(double start, double factor,
                                                         std::uint64_t iterations) {
  constexpr std::size_t width = sizeof(Vector) / sizeof(double);
  Vector next{}, sum{};
  for (std::size_t i = 0; i < width; ++i) next[i] = static_cast<double>(i);
  next += start;
  for (std::size_t pass = 0; pass < lanes / (at_once * width); ++pass) {
    Vector x[at_once];
#pragma GCC unroll 8
    for (std::size_t i = 0; i < at_once; ++i, next += static_cast<double>(width)) x[i] = next;
    for (std::uint64_t n = 0; n < iterations; ++n)
#pragma GCC unroll 8
      for (std::size_t i = 0; i < at_once; ++i) x[i] = x[i] * factor + 1.0;
#pragma GCC unroll 8
    for (std::size_t i = 0; i < at_once; ++i) sum += x[i];
  }
  double all = 0;
  for (std::size_t i = 0; i < width; ++i) all += sum[i];
  return static_cast<std::uint64_t>(all);
}

std::uint64_t compute_128(double start, double factor, std::uint64_t iterations) {
  return multiply_add<Two>(start, factor, iterations);
}
#ifdef __x86_64__
[[gnu::target("arch=x86-64-v3")]] std::uint64_t compute_256(double start, double factor,
                                                            std::uint64_t iterations) {
  return multiply_add<Four>(start, factor, iterations);
}
[[gnu::target("arch=x86-64-v4")]] std::uint64_t compute_512(double start, double factor,
                                                            std::uint64_t iterations) {
  return multiply_add<Eight>(start, factor, iterations);
}

constexpr std::array<ComputeForm, 3> forms{
    {{"128 bits", compute_128}, {"256 bits", compute_256}, {"512 bits", compute_512}}};
#else
constexpr std::array<ComputeForm, 1> forms{{{"128 bits", compute_128}}};
#endif

}  // namespace

std::span<const ComputeForm> compute_forms() {
#ifdef __x86_64__
  if (vectors::has_x86_64_v4()) return forms;
  return std::span(forms).first(vectors::has_x86_64_v3() ? 2 : 1);
#else
  return forms;
#endif
}

}  // namespace graph
