#include <algorithm>
#include <cstdio>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "common/cells.h"
#include "common/figures.h"
#include "common/options.h"
#include "statistics/median.h"

namespace {

struct Contestant {
  std::string name;
  unsigned workers;
  double target;  ///< at most so much; 0: none
  std::string command;
  std::vector<double> ns = {};  ///< of an execution, one a round
};

/// The calls of fib(n) without a cut-off.
double calls(unsigned n) {
  double a = 0, b = 1;
  for (unsigned i = 0; i <= n; ++i) std::tie(a, b) = std::make_tuple(b, a + b);
  return 2 * a - 1;
}

Contestant cell(const benchmarks::Cells& cells, const std::string& backend, unsigned workers, double target,
                const std::string& workload, const std::string& parameter) {
  return {backend, workers, target,
          cells.command(
              {.workload = workload, .parameters = {parameter}, .backend = backend, .workers = workers})};
}

Contestant by_hand(const std::string& backend, unsigned workers, unsigned n) {
  // As the backends ask for.
  return {backend + " by hand", workers, 0,
          "OMP_DYNAMIC=false OMP_PROC_BIND=false KMP_BLOCKTIME=1 GOMP_SPINCOUNT=40000 '" BY_HAND + backend +
              "' " + std::to_string(n) + " " + std::to_string(workers)};
}

/// Runs all of them in turns, and prints medians in units of `unit_ns`.
void contest(std::vector<Contestant>& all, unsigned rounds, double unit_ns) {
  for (unsigned round = 0; round < rounds; ++round)
    for (auto& one : all) one.ns.push_back(benchmarks::figures_of(one.command).at("wall_ns"));
  for (const auto& one : all) {
    std::printf("%-20s %u  %8.2f  (%.2f)", one.name.c_str(), one.workers, runoff::median(one.ns) / unit_ns,
                *std::min_element(one.ns.begin(), one.ns.end()) / unit_ns);
    if (one.target > 0) std::printf("  at most %.1f wanted", one.target);
    std::printf("\n");
  }
}

/// The median ratio of neighbours in time.
void print_ratio(const Contestant& one, const Contestant& other, double target) {
  std::vector<double> ratios;
  for (std::size_t round = 0; round < one.ns.size(); ++round)
    ratios.push_back(one.ns[round] / other.ns[round]);
  std::printf("%s / %s, %u worker(s): %.3f, at most %.2f wanted\n", one.name.c_str(), other.name.c_str(),
              one.workers, runoff::median(ratios), target);
}

void contest_of_fib(const benchmarks::Cells& cells, unsigned n, unsigned rounds) {
  const std::string parameter = "n=" + std::to_string(n);
  const auto fib = [&](const std::string& backend, unsigned workers, double target) {
    return cell(cells, backend, workers, target, "fib", parameter);
  };
  std::vector<Contestant> all{fib("serial", 1, 0), fib("std-thread", 1, 2.5), fib("std-thread", 2, 1.3),
                              fib("fork", 1, 0), fib("fork", 2, 1.5)};
  const std::size_t alone = all.size();
  for (const std::string backend : {"tbb", "openmp", "openmp-llvm"}) {
    if (!cells.has(backend)) continue;
    for (const unsigned workers : {1u, 2u}) {
      all.push_back(fib(backend, workers, 0));
      all.push_back(by_hand(backend, workers, n));
    }
  }
  std::printf("fib(%u), ns a call, median of %u processes (least)\n", n, rounds);
  contest(all, rounds, calls(n));
  for (std::size_t i = alone; i < all.size(); i += 2) print_ratio(all[i], all[i + 1], 1.1);
}

void contest_with_tbb(const benchmarks::Cells& cells, unsigned rounds) {
  if (!cells.has("tbb")) return;
  const std::pair<std::string, std::string> workloads[]{
      {"uts", "tree=T1"}, {"nqueens", "n=14"}, {"skynet", "leaves=100000000"}};
  for (const auto& [workload, parameter] : workloads) {
    std::vector<Contestant> all;
    for (const unsigned workers : {1u, 2u})
      for (const std::string backend : {"std-thread", "tbb"})
        all.push_back(cell(cells, backend, workers, 0, workload, parameter));
    all.push_back(cell(cells, "serial", 1, 0, workload, parameter));
    std::printf("\n%s %s, ms, median of %u processes (least)\n", workload.c_str(), parameter.c_str(), rounds);
    contest(all, rounds, 1e6);
    print_ratio(all[0], all[1], 1);
    print_ratio(all[2], all[3], 1);
  }
}

}  // namespace

int main(int argc, char** argv) {
  benchmarks::Options options("recursion-cost",
                              "The cost of a call of fib, which forks and joins and does nearly nothing "
                              "else; larger recursions beside\n"
                              "oneTBB.");
  unsigned n = 30, rounds = 11;
  bool only_fib = false;
  options.add("-n", n, "which Fibonacci number", 15, 40);
  options.add("--rounds", rounds, "processes for each line; the lines take turns", 1, 1000);
  options.add("--only-fib", only_fib, "without uts, nqueens and skynet");
  return options.run(argc, argv, [&] {
    const benchmarks::Cells cells;
    contest_of_fib(cells, n, rounds);
    if (!only_fib) contest_with_tbb(cells, rounds);
  });
}
