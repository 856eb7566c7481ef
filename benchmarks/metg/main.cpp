#include <stdlib.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "cells.h"
#include "statistics/metg.h"

namespace {

namespace fs = std::filesystem;

// FLOP of an iteration of the compute kernel: a multiply-add on 64 doubles.
constexpr double flop = 128;

/// A folder for what the contestants write, gone at the end.
class Scratch {
 public:
  Scratch() {
    std::string pattern = (fs::temp_directory_path() / "metg-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a folder " + pattern);
    folder_ = pattern;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  fs::path result() const { return folder_ / "result.json"; }

 private:
  fs::path folder_;
};

std::vector<Contestant> contestants(const GraphForm& form, bool variants) {
  const fs::path prefix = fs::read_symlink("/proc/self/exe").parent_path().parent_path();
  std::vector<Contestant> all;
  const auto add = [&](const std::string& name, const std::string& variant, double target_ns) {
    if (fs::exists(prefix / "lib/runoff/backends" / (name + ".so")))
      all.push_back(backend(prefix, form, name, variant, target_ns));
  };
  const auto add_by_hand = [&](const std::string& runtime) {
    if (fs::exists(fs::path(BY_HAND_FOLDER) / ("metg-by-hand-" + runtime)))
      all.push_back(by_hand(form, runtime));
  };
  add("std-thread", "", 300);
  add("fork", "", 300);
  add_by_hand("spin");
  add("openmp", "", 600);
  add("openmp-llvm", "", 600);
  add_by_hand("openmp");
  add("tbb", "", 800);
  add_by_hand("tbb");
  add("mpi", "", 500);
  if (!variants) return all;
  add("std-thread", "graph=barrier", 0);
  add("openmp", "graph=depend", 0);
  add("openmp-llvm", "graph=depend", 0);
  add("tbb", "graph=flow", 0);
  add("tbb", "graph=group", 0);
  add("stdpar", "", 0);
  add("boost-process", "", 0);
  return all;
}

std::vector<std::vector<runoff::GrainSeries>> measure_all(const std::vector<Contestant>& all,
                                                          const GraphForm& form,
                                                          const std::vector<unsigned>& grains, int rounds) {
  const Scratch scratch;
  const double tasks = double{1} * form.width * form.steps;
  std::vector<std::vector<runoff::GrainSeries>> found(all.size());
  for (auto& sizes : found)
    for (const unsigned grain : grains) sizes.push_back({tasks, tasks * grain * flop, {}});
  for (int round = 0; round < rounds; ++round)
    for (std::size_t size = 0; size < grains.size(); ++size)
      for (std::size_t one = 0; one < all.size(); ++one) {
        auto& series = found[one][size].wall_ns;
        series.rounds.push_back(round);
        series.values.push_back(measure(all[one], grains[size], scratch.result()));
      }
  return found;
}

void print(const Contestant& one, const std::vector<runoff::GrainSeries>& sizes, unsigned workers,
           double peak) {
  const auto found = runoff::metg(sizes, workers, peak, 1);
  std::printf("%-26s", one.name.c_str());
  if (found && std::isnan(found->ns.low))
    std::printf("%8.0f", found->ns.value);
  else if (found)
    std::printf("%8.0f  [%.0f, %.0f]", found->ns.value, found->ns.low, found->ns.high);
  else
    std::printf("  never or always at half of the peak");
  if (one.target_ns > 0) std::printf("  at most %.0f wanted", one.target_ns);
  std::printf("  (own peak %.1f GFLOP/s)\n", runoff::peak_rate(sizes) / 1e9);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app(
      "METG(50 %): how long the tasks of a stencil must be for half of the peak rate, which is the highest "
      "that "
      "anybody reaches here.\nEvery measurement is a fresh process; contestants take turns.");
  GraphForm form{8, 1000, 2};
  int rounds = 6;
  bool variants = false;
  std::vector<unsigned> grains{1, 2, 4, 8, 16, 32, 64, 128, 256, 1024, 4096};
  app.add_option("--width", form.width, "points")->check(CLI::Range(1, 10'000))->capture_default_str();
  app.add_option("--steps", form.steps, "steps")->check(CLI::Range(1, 1'000'000))->capture_default_str();
  app.add_option("--workers", form.workers, "workers")->check(CLI::Range(1, 1000))->capture_default_str();
  app.add_option("--grains", grains, "task sizes, in iterations of 128 FLOP")->delimiter(',');
  app.add_option("--rounds", rounds, "processes for each size")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_flag("--variants", variants, "other variants and backends too");
  CLI11_PARSE(app, argc, argv);
  try {
    const auto all = contestants(form, variants);
    const auto found = measure_all(all, form, grains, rounds);
    std::vector<runoff::GrainSeries> together;
    for (const auto& sizes : found) together.insert(together.end(), sizes.begin(), sizes.end());
    if (!runoff::sweep_end(together).peak_reached())
      throw std::runtime_error("the best rate still rises at the end of the sweep; choose larger --grains");
    const double peak = runoff::peak_rate(together);
    std::printf("stencil, width %u, %u workers: METG(50 %%) in ns; peak %.1f GFLOP/s\n", form.width,
                form.workers, peak / 1e9);
    for (std::size_t i = 0; i < all.size(); ++i) print(all[i], found[i], form.workers, peak);
  } catch (const std::exception& error) {
    std::cerr << "metg: " << error.what() << '\n';
    return 1;
  }
}
