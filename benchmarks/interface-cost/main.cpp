#include <cstdio>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "cell/module.h"
#include "common/environment.h"
#include "common/figures.h"
#include "common/options.h"
#include "measure.h"

namespace {

using benchmarks::quantile;

std::string modules() { return (benchmarks::self().parent_path().parent_path() / "lib/runoff").string(); }

struct Times {
  std::vector<double> ratios;     // medians of a process
  std::vector<double> interface;  // the same, in ms
};

/// Runtimes must not meet: each is measured in a process of its own.
void measure_in_a_fresh_process(const std::string& runtime, const std::string& kernel, unsigned workers,
                                unsigned times, Times& all) {
  const auto figures = benchmarks::figures_of(benchmarks::shell_word(benchmarks::self()) + " --measure " +
                                              runtime + " --kernel " + kernel + " --workers " +
                                              std::to_string(workers) + " --times " + std::to_string(times));
  all.ratios.push_back(figures.at("ratio"));
  all.interface.push_back(figures.at("interface_ms"));
}

void print_figures(const std::vector<Pair>& pairs) {
  std::vector<double> interface, by_hand;
  for (const auto& pair : pairs) {
    interface.push_back(pair.interface);
    by_hand.push_back(pair.by_hand);
  }
  const double through = quantile(interface, 0.5);
  std::cout << benchmarks::to_text(
                   {{"ratio", through / quantile(by_hand, 0.5)}, {"interface_ms", through / 1e6}})
            << '\n';
}

void compare(std::vector<std::string> runtimes, const std::vector<std::string>& kernels, unsigned rounds,
             unsigned workers, unsigned times) {
  std::erase_if(runtimes, [](const std::string& runtime) {
    const bool absent = !std::filesystem::exists(modules() + "/by-hand/" + runtime + ".so");
    if (absent) std::cerr << "interface-cost: '" << runtime << "' is not built; left out\n";
    return absent;
  });
  std::vector<Times> all(runtimes.size() * kernels.size());
  for (unsigned round = 0; round < rounds; ++round)
    for (std::size_t i = 0; i < all.size(); ++i)
      measure_in_a_fresh_process(runtimes[i / kernels.size()], kernels[i % kernels.size()], workers, times,
                                 all[i]);
  std::printf("%-14s %-8s %10s %22s %14s\n", "runtime", "kernel", "ratio", "quartiles", "ms");
  for (std::size_t i = 0; i < all.size(); ++i)
    std::printf("%-14s %-8s %10.4f      %.4f .. %.4f %14.3f\n", runtimes[i / kernels.size()].c_str(),
                kernels[i % kernels.size()].c_str(), quantile(all[i].ratios, 0.5),
                quantile(all[i].ratios, 0.25), quantile(all[i].ratios, 0.75),
                quantile(all[i].interface, 0.5));
}

}  // namespace

int main(int argc, char** argv) {
  benchmarks::Options options(
      "interface-cost",
      "What runoff's interface costs: the time of a kernel through workload and backend, divided by its time "
      "in a\n"
      "program written by hand for the same runtime. Both run in turn in the same process, one runtime in "
      "each; the\n"
      "table gives the median over processes, and their quartiles. Target: at most 1.02.");
  std::vector<std::string> runtimes{"std-thread", "tbb", "openmp", "openmp-llvm"};
  std::vector<std::string> kernels{"primes", "triad"};
  unsigned rounds = 7, times = 21, workers = 2;
  std::string measured, kernel;
  options.add("--runtimes", runtimes, "runtimes");
  options.add("--kernels", kernels, "primes, triad", {"primes", "triad"});
  options.add("--workers", workers, "workers");
  options.add("--rounds", rounds, "fresh processes for each");
  options.add("--times", times, "executions each way in a process");
  options.add("--measure", measured);
  options.add("--kernel", kernel);
  return options.run(argc, argv, [&] {
    if (measured.empty()) return compare(runtimes, kernels, rounds, workers, times);
    benchmarks::with_environment(
        runoff::cell::load_backend(modules() + "/backends/" + measured + ".so").environment, argv);
    print_figures(measure(modules(), measured, kernel, workers, times));
  });
}
