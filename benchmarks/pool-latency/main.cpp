#include <cstdio>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "cell/module.h"
#include "common/environment.h"
#include "common/figures.h"
#include "common/options.h"
#include "measure.h"
#include "statistics/median.h"

namespace {

struct Contestant {
  std::string backend;
  unsigned workers;
  std::map<std::string, std::vector<double>> figures;
};

std::string module_of(const std::string& backend) {
  return (benchmarks::self().parent_path().parent_path() / "lib/runoff/backends" / (backend + ".so"))
      .string();
}

/// Runtimes must not meet, and some read their environment when they are loaded: every measurement is a fresh
/// process.
benchmarks::Figures measure_in_a_fresh_process(const Contestant& one) {
  return benchmarks::figures_of(benchmarks::shell_word(benchmarks::self()) + " --measure " + one.backend +
                                " --with " + std::to_string(one.workers));
}

void print(const std::vector<Contestant>& contestants) {
  std::printf("%-26s", "median of processes, us");
  for (const auto& one : contestants)
    std::printf("%16s", (one.backend + "/" + std::to_string(one.workers)).c_str());
  std::printf("\n");
  for (const auto& [name, unused] : contestants.front().figures) {
    std::printf("%-26s", name.c_str());
    for (const auto& one : contestants) std::printf("%16.3f", runoff::median(one.figures.at(name)));
    std::printf("\n");
  }
}

void compare(const std::vector<std::string>& backends, const std::vector<unsigned>& workers,
             unsigned rounds) {
  std::vector<Contestant> contestants;
  for (const unsigned count : workers)
    for (const auto& backend : backends) {
      if (std::filesystem::exists(module_of(backend)))
        contestants.push_back({backend, count, {}});
      else
        std::cerr << "pool-latency: backend '" << backend << "' is not built; left out\n";
    }
  for (unsigned round = 0; round < rounds; ++round)
    for (auto& one : contestants)
      for (const auto& [name, value] : measure_in_a_fresh_process(one)) one.figures[name].push_back(value);
  print(contestants);
}

}  // namespace

int main(int argc, char** argv) {
  benchmarks::Options options(
      "pool-latency",
      "What a backend's parallel loop costs: empty loops one after the other and after idle time, two tasks "
      "of 50 us,\n"
      "and what the idle backend burns. Backends are measured in turn, each time in a fresh process.");
  std::vector<std::string> backends{"std-thread", "fork", "tbb", "openmp", "openmp-llvm"};
  std::vector<unsigned> workers{2, 8};
  unsigned rounds = 5, with = 1;
  std::string measured;
  options.add("--backends", backends, "backends to compare");
  options.add("--workers", workers, "numbers of workers");
  options.add("--rounds", rounds, "fresh processes for each");
  options.add("--measure", measured);
  options.add("--with", with);
  return options.run(argc, argv, [&] {
    if (measured.empty()) return compare(backends, workers, rounds);
    benchmarks::with_environment(runoff::cell::load_backend(module_of(measured)).environment, argv);
    std::cout << benchmarks::to_text(measure(module_of(measured), {}, with)) << '\n';
  });
}
