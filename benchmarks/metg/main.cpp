#include <cmath>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "cells.h"
#include "common/options.h"
#include "statistics/metg.h"

namespace {

// FLOP of an iteration of the compute kernel: a multiply-add on 64 doubles.
constexpr double flop = 128;

std::vector<Contestant> contestants(const benchmarks::Cells& cells, const GraphForm& form, bool variants) {
  std::vector<Contestant> all;
  const auto add = [&](const std::string& name, const std::string& variant, double target_ns) {
    if (cells.has(name)) all.push_back(backend(cells, form, name, variant, target_ns));
  };
  const auto add_by_hand = [&](const std::string& runtime) {
    if (std::filesystem::exists(std::filesystem::path(BY_HAND_FOLDER) / ("metg-by-hand-" + runtime)))
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
                                                          const std::vector<unsigned>& grains,
                                                          unsigned rounds) {
  const double tasks = double{1} * form.width * form.steps;
  std::vector<std::vector<runoff::GrainSeries>> found(all.size());
  for (auto& sizes : found)
    for (const unsigned grain : grains) sizes.push_back({tasks, tasks * grain * flop, {}});
  for (unsigned round = 0; round < rounds; ++round)
    for (std::size_t size = 0; size < grains.size(); ++size)
      for (std::size_t one = 0; one < all.size(); ++one) {
        auto& series = found[one][size].wall_ns;
        series.rounds.push_back(round);
        series.values.push_back(measure(all[one], grains[size]));
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

void compare(const GraphForm& form, const std::vector<unsigned>& grains, unsigned rounds, bool variants) {
  const benchmarks::Cells cells;
  const auto all = contestants(cells, form, variants);
  const auto found = measure_all(all, form, grains, rounds);
  std::vector<runoff::GrainSeries> together;
  for (const auto& sizes : found) together.insert(together.end(), sizes.begin(), sizes.end());
  if (!runoff::sweep_end(together).peak_reached())
    throw std::runtime_error("the best rate still rises at the end of the sweep; choose larger --grains");
  const double peak = runoff::peak_rate(together);
  std::printf("stencil, width %u, %u workers: METG(50 %%) in ns; peak %.1f GFLOP/s\n", form.width,
              form.workers, peak / 1e9);
  for (std::size_t i = 0; i < all.size(); ++i) print(all[i], found[i], form.workers, peak);
}

}  // namespace

int main(int argc, char** argv) {
  benchmarks::Options options(
      "metg",
      "METG(50 %): how long the tasks of a stencil must be for half of the peak rate, which is the highest\n"
      "that is reached here. Every measurement is a fresh process; contestants take turns.");
  GraphForm form{8, 1000, 2};
  unsigned rounds = 6;
  bool variants = false;
  std::vector<unsigned> grains{4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096, 16384, 65536};
  options.add("--width", form.width, "points", 1, 10'000);
  options.add("--steps", form.steps, "steps", 1, 1'000'000);
  options.add("--workers", form.workers, "workers", 1, 1000);
  options.add("--grains", grains, "task sizes, in iterations of 128 FLOP");
  options.add("--rounds", rounds, "processes for each size", 1, 1000);
  options.add("--variants", variants, "other variants and backends too");
  return options.run(argc, argv, [&] { compare(form, grains, rounds, variants); });
}
