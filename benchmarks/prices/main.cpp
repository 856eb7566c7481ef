#include <fmt/format.h>

#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include "common/environment.h"
#include "creation.h"
#include "recovery.h"
#include "report/prices_text.h"
#include "runoff/unit.h"
#include "statistics/bootstrap.h"

// Prices that no backend's sample shows: a thread, a forked and a spawned process made by hand, and what
// follows when a worker is killed. Medians over interleaved rounds, with intervals; all rounds are of one
// process.

namespace {

struct Price {
  std::string name;
  std::function<double()> measure;
  runoff::Series series = {};
};

int run(std::int64_t rounds) {
  const auto prefix = benchmarks::self().parent_path().parent_path();
  const std::string fork = prefix / "lib/runoff/backends/fork.so";
  constexpr std::size_t gibibyte = std::size_t{1} << 30;
  prices::Recovery recovery{};
  std::vector<Price> all{{"a thread, made and ended", prices::thread},
                         {"a forked process", prices::forked_process},
                         {"a spawned process (/bin/true)", prices::spawned_process},
                         {"fork, 2 workers: from a kill until it is told",
                          [&] { return (recovery = prices::recover(fork, 2)).told; }},
                         {"fork, 2 workers: until a new backend has run", [&] { return recovery.replaced; }}};
  std::vector<Price> large{{"a thread, parent of 1 GiB", prices::thread},
                           {"a forked process, parent of 1 GiB", prices::forked_process},
                           {"a spawned process, parent of 1 GiB", prices::spawned_process}};
  const auto measure = [](std::vector<Price>& some, std::int64_t round) {
    for (Price& price : some) {
      price.series.rounds.push_back(round);
      price.series.values.push_back(price.measure());
    }
  };
  for (std::int64_t round = 0; round < rounds; ++round) {
    measure(all, round);
    const prices::Touched touched(gibibyte);
    measure(large, round);
  }
  fmt::print("medians of {} rounds, 95 % intervals\n", rounds);
  for (const auto* some : {&all, &large})
    for (const Price& price : *some) {
      const runoff::Estimate estimate = runoff::median_estimate(price.series);
      const auto text = [](double ns) { return runoff::price_text(ns, "ns"); };
      fmt::print("  {:<46} {:>8}  {} – {}\n", price.name, text(estimate.value), text(estimate.low),
                 text(estimate.high));
    }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  constexpr std::int64_t fewest = 6;  // or there are no intervals
  std::int64_t rounds = 20;
  const bool given = argc == 3 && std::string(argv[1]) == "--rounds";
  if (given) rounds = runoff::parse_count(argv[2]).value_or(0);
  if ((argc != 1 && !given) || rounds < fewest || rounds > 100'000) {
    std::cerr << "usage: prices [--rounds N], with N from " << fewest << " to 100000 (20)\n";
    return 2;
  }
  try {
    return run(rounds);
  } catch (const std::exception& error) {
    std::cerr << "prices: " << error.what() << '\n';
    return 1;
  }
}
