#include "cell/batch.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <optional>

#include "cell/energy.h"
#include "cell/enter.h"
#include "cell/midmean.h"
#include "cell/reporters.h"
#include "cell/turns.h"
#include "cell/usage.h"

namespace runoff::cell {
namespace {

using std::chrono::nanoseconds;

/// Executions that no figure counts, until what others' turns have put out of caches is there again. A loop
/// over 100 MB is within 2 % of its lasting time after two.
void warm_up(Measurement& measurement) {
  constexpr nanoseconds enough = std::chrono::microseconds(500);
  nanoseconds spent{0};
  for (int executions = 0; executions < 2 || spent < enough; ++executions)
    spent += std::max(measurement.execute(), nanoseconds(1000)) + measurement.pause();
}

/// Before which execution of the batch one more is watched; no backend can foresee it. None where the batch
/// is one execution, whose results are wiped and checked.
std::int64_t watched_one(const Measurement& measurement, std::int64_t iterations) {
  constexpr std::int64_t none = -1;
  if (!measurement.can_watch() || iterations < 2) return none;
  return std::chrono::steady_clock::now().time_since_epoch().count() % iterations;
}

}  // namespace

std::uint32_t turns_in(std::int64_t iterations, nanoseconds together) {
  constexpr std::int64_t least_iterations = 12, most_turns = 20;
  constexpr nanoseconds least_time = std::chrono::milliseconds(5);
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(
      std::min(iterations / least_iterations, together / least_time), 1, most_turns));
}

void run_batch(Measurement& measurement, const std::string& label, std::int64_t iterations,
               std::uint32_t turns, pid_t launcher, bool quiet, Outcome& outcome) {
  std::exception_ptr failure;
  nanoseconds wall{0};
  Midmean typical(iterations);
  Usage used;
  std::optional<std::int64_t> energy_uj;
  Turns others(turns > 1 ? launcher : 0);
  if (!others.are_taken()) turns = 1;
  const auto batch = [&](benchmark::State& state) {
    try {
      std::optional<Energy> energy;
      Usage before;
      std::uint32_t begun = 0;
      const auto pause_counting = [&] {
        if (!energy) return;
        used += used_between(before, measurement.usage());
        if (const auto more = energy->used()) energy_uj = energy_uj.value_or(0) + *more;
        energy.reset();
      };
      const std::int64_t watched = watched_one(measurement, iterations);
      for (std::int64_t done = 0; auto _ : state) {
        if (done == iterations * begun / turns) {
          pause_counting();
          others.wait(turns - begun);
          if (turns > 1) warm_up(measurement);
          ++begun;
        }
        if (done == watched) {
          pause_counting();
          measurement.execute_watched();
        }
        if (!energy) {
          energy.emplace();
          before = measurement.usage();
        }
        const nanoseconds time =
            ++done == iterations ? measurement.execute_checked(true) : measurement.execute();
        wall += time;
        typical.add(time);
        state.SetIterationTime(std::chrono::duration<double>(time).count());
      }
      pause_counting();
      others.wait(0);
    } catch (const std::exception& error) {
      failure = std::current_exception();
      state.SkipWithError(error.what());
    }
  };
  benchmark::RegisterBenchmark(label.c_str(), batch)
      ->UseManualTime()
      ->Iterations(iterations)
      ->Unit(benchmark::kNanosecond);
  run_registered_benchmark(quiet);
  if (failure) std::rethrow_exception(failure);

  outcome.iterations = iterations;
  outcome.turns = turns;
  // Never 0, by which no ratio can be taken.
  outcome.wall_ns =
      std::max(1LL, std::llround(static_cast<double>(wall.count()) / static_cast<double>(iterations)));
  outcome.typical_ns = std::max(1LL, std::llround(typical.value()));
  enter_usage(used, energy_uj, iterations, outcome);
}

}  // namespace runoff::cell
