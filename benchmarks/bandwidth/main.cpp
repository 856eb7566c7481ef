#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "common/cells.h"
#include "common/figures.h"
#include "common/options.h"

namespace {

using benchmarks::quantile;

struct Form {
  std::string kernel;
  std::uint64_t doubles;
  unsigned workers, iterations;
};

double by_hand(const Form& form) {
  return benchmarks::figures_of("OMP_PROC_BIND=true OMP_PLACES=cores '" BY_HAND "' " + form.kernel + " " +
                                std::to_string(form.doubles) + " " + std::to_string(form.workers) + " " +
                                std::to_string(form.iterations))
      .at("wall_ns");
}

double measure(const benchmarks::Cells& cells, const std::string& backend, const Form& form) {
  const auto command =
      cells.command({.workload = "stream",
                     .parameters = {"kernel=" + form.kernel, "n=" + std::to_string(form.doubles)},
                     .backend = backend,
                     .workers = form.workers,
                     .pinned = true,
                     .iterations = form.iterations});
  return benchmarks::figures_of(command).at("wall_ns");
}

void compare(std::vector<std::string> backends, const std::vector<std::string>& kernels, unsigned rounds,
             Form form) {
  const benchmarks::Cells cells;
  std::erase_if(backends, [&cells](const std::string& backend) {
    if (cells.has(backend)) return false;
    std::cerr << "bandwidth: '" << backend << "' is not built; left out\n";
    return true;
  });
  std::printf("%-8s %-14s %8s %22s %8s\n", "kernel", "backend", "ratio", "quartiles", "GB/s");
  for (const std::string& kernel : kernels) {
    form.kernel = kernel;
    std::vector<std::vector<double>> ratios(backends.size()), times(backends.size());
    std::vector<double> hand;
    for (unsigned round = 0; round < rounds; ++round) {
      std::vector<double> now;
      // By hand in the middle of each round: a machine that slows down favours neither side.
      for (std::size_t i = 0; i <= backends.size(); ++i) {
        if (i == backends.size() / 2) hand.push_back(by_hand(form));
        if (i < backends.size()) now.push_back(measure(cells, backends[i], form));
      }
      for (std::size_t i = 0; i < backends.size(); ++i) {
        times[i].push_back(now[i]);
        ratios[i].push_back(now[i] / hand.back());
      }
    }
    const double bytes = static_cast<double>(form.doubles) * 8 * (kernel == "dot" ? 2 : 3);
    for (std::size_t i = 0; i < backends.size(); ++i)
      std::printf("%-8s %-14s %8.3f      %6.3f .. %6.3f %10.2f\n", kernel.c_str(), backends[i].c_str(),
                  quantile(ratios[i], 0.5), quantile(ratios[i], 0.25), quantile(ratios[i], 0.75),
                  bytes / quantile(times[i], 0.5));
    std::printf("%-8s %-14s %8.3f %33.2f\n", kernel.c_str(), "by hand", 1.0, bytes / quantile(hand, 0.5));
    std::fflush(stdout);
  }
}

}  // namespace

int main(int argc, char** argv) {
  benchmarks::Options options(
      "bandwidth",
      "The time of stream's kernels in each backend, divided by the time of an OpenMP loop written by hand\n"
      "(static schedule, first touch) in the same round. A fresh process each time, in turn; the table "
      "gives\n"
      "the median over rounds and their quartiles. Target: at most 1.03.");
  std::vector<std::string> backends{"std-thread",  "asio-pool", "tbb",  "openmp",
                                    "openmp-llvm", "stdpar",    "fork", "boost-process"};
  std::vector<std::string> kernels{"triad", "dot"};
  unsigned rounds = 7;
  Form form{.kernel = {}, .doubles = std::uint64_t{1} << 25, .workers = 2, .iterations = 10};
  options.add("--backends", backends, "backends that share memory");
  options.add("--kernels", kernels, "triad, dot", {"triad", "dot"});
  options.add("--doubles", form.doubles, "in each array");
  options.add("--workers", form.workers, "workers, on as many cores from the first");
  options.add("--rounds", rounds, "fresh processes for each");
  options.add("--iterations", form.iterations, "executions in a process");
  return options.run(argc, argv, [&] { compare(backends, kernels, rounds, form); });
}
