#include <chrono>
#include <cstdio>
#include <vector>

#include "common/figures.h"
#include "common/options.h"
#include "compute.h"

namespace {

using benchmarks::quantile;

#if defined(__x86_64__)
typedef double Vector __attribute__((vector_size(32)));
#define RUNOFF_BY_HAND_TARGET [[gnu::target("arch=x86-64-v3")]]
#else
typedef double Vector __attribute__((vector_size(16)));
#define RUNOFF_BY_HAND_TARGET
#endif

/// As Task Bench has it: 64 doubles in registers, x <- x * x + x on each in every iteration. They are soon
/// infinite, and no check could tell whether all of it was done.
RUNOFF_BY_HAND_TARGET std::uint64_t by_hand(double start, double factor, std::uint64_t iterations) {
  constexpr std::size_t width = sizeof(Vector) / sizeof(double), vectors = graph::lanes / width;
  Vector x[vectors];
  for (std::size_t i = 0; i < graph::lanes; ++i) x[i / width][i % width] = start * factor;
  for (std::uint64_t n = 0; n < iterations; ++n)
#pragma GCC unroll 64
    for (std::size_t i = 0; i < vectors; ++i) x[i] = x[i] * x[i] + x[i];
  std::uint64_t infinite = 0;
  for (std::size_t i = 0; i < graph::lanes; ++i) infinite += x[i / width][i % width] > 1e300;
  return infinite;
}

/// FLOP in a nanosecond.
double rate(graph::Compute* run, std::uint64_t iterations) {
  using Clock = std::chrono::steady_clock;
  const volatile double factor = 1;
  const auto begin = Clock::now();
  const volatile std::uint64_t proof = run(5, factor, iterations);
  const std::chrono::duration<double, std::nano> time = Clock::now() - begin;
  static_cast<void>(proof);
  return graph::flop_of_iteration * static_cast<double>(iterations) / time.count();
}

void compare(unsigned rounds, std::uint64_t iterations) {
  std::vector<graph::ComputeForm> forms(graph::compute_forms().begin(), graph::compute_forms().end());
  forms.push_back({"by hand", by_hand});
  std::vector<std::vector<double>> rates(forms.size());
  for (unsigned round = 0; round < rounds; ++round)
    for (std::size_t i = 0; i < forms.size(); ++i) rates[i].push_back(rate(forms[i].run, iterations));
  const double hand = quantile(rates.back(), 0.5);
  std::printf("%-10s %9s %20s %8s\n", "vectors", "GFLOP/s", "quartiles", "ratio");
  for (std::size_t i = 0; i < forms.size(); ++i)
    std::printf("%-10s %9.1f %9.1f .. %7.1f %8.2f\n", forms[i].name, quantile(rates[i], 0.5),
                quantile(rates[i], 0.25), quantile(rates[i], 0.75), quantile(rates[i], 0.5) / hand);
}

}  // namespace

int main(int argc, char** argv) {
  benchmarks::Options options("compute-rate",
                              "The rate of graph's compute kernel on one core, in vectors of each width that "
                              "the processor has, beside\n"
                              "the loop of Task Bench's kernel written by hand. The workload takes the "
                              "widest. Target: at least 0.9.");
  unsigned rounds = 15;
  std::uint64_t iterations = 300'000;
  options.add("--rounds", rounds, "of all, in turn");
  options.add("--iterations", iterations, "of 128 FLOP, each time");
  return options.run(argc, argv, [&] { compare(rounds, iterations); });
}
