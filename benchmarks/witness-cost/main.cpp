#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <vector>

#include "cell/slots.h"
#include "cell/witness.h"
#include "common/options.h"
#include "runoff/memory.h"
#include "runoff/visit_shape.h"

namespace {

using namespace runoff;

/// Chunks that do next to nothing, so that what is around them shows.
struct EmptyLoop final : Independent {
  std::size_t tasks() const override { return 0; }
  ResultLayout result() const override { return {}; }
  Check check(Results) const override { return {}; }
  [[gnu::noinline]] void run(Range range, Results) const override { asm volatile("" : : "r"(range.first)); }
};

struct EmptyGraph final : Dependent {
  std::size_t tasks() const override { return 0; }
  std::size_t slots() const override { return 0; }
  ResultLayout result() const override { return {}; }
  Check check(Results) const override { return {}; }
  std::size_t steps() const override { return 0; }
  std::size_t width(std::size_t) const override { return 0; }
  std::size_t slot(std::size_t, std::size_t) const override { return 0; }
  std::span<const Interval> dependencies(std::size_t, std::size_t) const override { return {}; }
  std::span<const Interval> dependents(std::size_t, std::size_t) const override { return {}; }
  [[gnu::noinline]] void run(std::size_t step, std::size_t, Results) const override {
    asm volatile("" : : "r"(step));
  }
};

double ns_each(std::uint64_t times, const std::function<void(std::uint64_t)>& run) {
  const auto began = std::chrono::steady_clock::now();
  run(times);
  const std::chrono::duration<double, std::nano> time = std::chrono::steady_clock::now() - began;
  return time.count() / static_cast<double>(times);
}

void run_chunks(const Workload& workload, std::uint64_t times) {
  const Results none(nullptr, 0, 0, cell::slot_stride(workload.result()));
  visit_shape(workload, [&none, times]<class Shaped>(const Shaped& shaped) {
    if constexpr (std::is_same_v<Shaped, Independent>)
      for (std::uint64_t chunk = 0; chunk < times; ++chunk) shaped.run({chunk, chunk + 1}, none);
    else if constexpr (std::is_same_v<Shaped, Dependent>)
      for (std::uint64_t task = 0; task < times; ++task) shaped.run(task >> 3, task & 7, none);
  });
}

/// Both ways in turn.
void compare(const char* name, Workload& bare, unsigned rounds, std::uint64_t times) {
  Memory memory = Memory::create();
  cell::Witness witness(memory, 1, {});
  const auto watched = cell::witnessed(bare, witness);
  std::vector<double> without, with;
  for (unsigned round = 0; round <= rounds; ++round) {
    const double a = ns_each(times, [&](std::uint64_t n) { run_chunks(bare, n); });
    const double b = ns_each(times, [&](std::uint64_t n) { run_chunks(*watched, n); });
    if (round == 0) continue;  // caches and clocks are cold
    without.push_back(a);
    with.push_back(b);
  }
  const double least = *std::min_element(without.begin(), without.end());
  const double watched_least = *std::min_element(with.begin(), with.end());
  std::printf("%-18s %10.2f %10.2f %10.2f\n", name, least, watched_least, watched_least - least);
}

}  // namespace

int main(int argc, char** argv) {
  benchmarks::Options options("witness-cost",
                              "What the witness costs a worker: the time of an empty chunk of a loop, and of "
                              "an empty task of a graph, "
                              "as\n"
                              "workloads have them and as backends are given them. The least of all rounds, "
                              "in ns. Target: at most 2 ns "
                              "more.");
  unsigned rounds = 15;
  std::uint64_t times = 10'000'000;
  options.add("--rounds", rounds, "rounds");
  options.add("--times", times, "chunks in a round");
  return options.run(argc, argv, [&] {
    std::printf("%-18s %10s %10s %10s\n", "", "bare", "witnessed", "more");
    EmptyLoop loop;
    EmptyGraph graph;
    compare("chunk of a loop", loop, rounds, times);
    compare("task of a graph", graph, rounds, times);
  });
}
