#include "cell/measure.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

#include "cell/clock_check.h"
#include "cell/counters.h"
#include "cell/energy.h"
#include "cell/host.h"
#include "cell/measurement.h"
#include "cell/module.h"
#include "cell/reporters.h"
#include "cell/run_delay.h"
#include "cell/stamps.h"
#include "cell/turns.h"
#include "cell/usage.h"
#include "runoff/started.h"
#include "runoff/visit_shape.h"
#include "support/label.h"

namespace runoff::cell {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::nanoseconds;

constexpr nanoseconds least_batch = std::chrono::milliseconds(50);

/// Counts the processor's events in a few executions, none of which is timed: to count them takes time.
class CountedExecutions {
 public:
  /// Counts nothing where not all workers are in the tree of this process.
  explicit CountedExecutions(bool all_here)
      : counters_(Counters::of_processor(all_here ? threads_of_tree() : std::vector<pid_t>{})),
        before_(all_here ? counters_.read() : std::nullopt) {}

  bool counts() const { return before_.has_value(); }

  void enter(std::int64_t executions, Outcome& outcome) const {
    const auto now = before_ ? counters_.read() : std::nullopt;
    if (!now || executions == 0) return;
    const auto mean = [&](std::size_t event) {
      return ((*now)[event] - (*before_)[event] + executions / 2) / executions;
    };
    outcome.instructions = mean(0);
    outcome.cycles = mean(1);
    outcome.cache_misses = mean(2);
  }

 private:
  Counters counters_;
  std::optional<std::vector<std::int64_t>> before_;
};

/// How long a sample is to measure that took so long to prepare. Noise in time falls with the length of a
/// batch, so dear preparation is worth a longer one: where noise within a process is most of all, twice as
/// long is about best.
nanoseconds worth_measuring(nanoseconds preparation) {
  return std::clamp<nanoseconds>(2 * preparation, least_batch, 4 * least_batch);
}

/// How many warm executions take so much time together, with the pauses before them: judged by the cold one
/// where it is long and each worker had tasks in it, else by the fastest of a few more, which no figure
/// counts.
std::int64_t calibrate(Measurement& measurement, nanoseconds cold, nanoseconds together, bool all_here,
                       Outcome& outcome) {
  const auto how_many = [&](nanoseconds execution) {
    const nanoseconds each = execution + measurement.pause();
    return std::max<std::int64_t>(1, (together + each - nanoseconds(1)) / each);
  };
  // Nothing that is warm takes so much less than it took cold that one execution would not do.
  if (cold > 10 * std::min(together, least_batch)) return 1;
  const CountedExecutions counted(all_here);
  // A worker that had no task yet is not warm. One more in the batch makes up for a cold execution that took
  // longer.
  const bool all_are_warm = measurement.turnouts().back() > 0;
  if (all_are_warm && 2 * cold > together && !counted.counts()) return how_many(cold) + 1;
  constexpr nanoseconds enough = std::chrono::milliseconds(2);
  nanoseconds fastest = nanoseconds::max();
  std::int64_t executions = 0;
  for (nanoseconds spent{0}; spent < enough; ++executions) {
    const nanoseconds time = std::max(measurement.execute(), nanoseconds(1));
    fastest = std::min(fastest, time);
    spent += std::max(time, enough / 10'000) + measurement.pause();
  }
  counted.enter(executions, outcome);
  return how_many(fastest);
}

/// Enters into the outcome what one execution used, of what all together did.
void enter_usage(const Usage& used, std::optional<std::int64_t> energy_uj, std::int64_t iterations,
                 Outcome& outcome) {
  const auto mean = [iterations](std::int64_t sum) {
    return std::llround(static_cast<double>(sum) / static_cast<double>(iterations));
  };
  // A process that left the tree of this one took its counts with it: then there is less than before.
  const auto known = [&mean](std::int64_t sum) { return sum < 0 ? Outcome::Number() : mean(sum); };
  outcome.cpu_ns = mean(used.cpu_ns);
  // The kernel tells by samples where a thread was, and not the same of one thread as of a process.
  outcome.system_ns =
      std::clamp<std::int64_t>(mean(used.system_ns), 0, std::max<std::int64_t>(*outcome.cpu_ns, 0));
  outcome.voluntary_switches = known(used.voluntary_switches);
  outcome.involuntary_switches = known(used.involuntary_switches);
  outcome.minor_faults = known(used.minor_faults);
  outcome.major_faults = known(used.major_faults);
  if (energy_uj) outcome.energy_uj = mean(*energy_uj);
}

/// Into how many turns a batch is cut. Each begins with executions that no figure counts, so it has at least
/// five that are counted, and lasts at least 5 ms. A batch of long executions is not cut at all.
std::uint32_t turns_in(std::int64_t iterations, nanoseconds together) {
  constexpr std::int64_t least_iterations = 5, most_turns = 20;
  constexpr nanoseconds least_time = std::chrono::milliseconds(5);
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(
      std::min(iterations / least_iterations, together / least_time), 1, most_turns));
}

/// Executions that no figure counts, until what others' turns have put out of caches is there again. A loop
/// over 100 MB is within 2 % of its lasting time after two.
void warm_up(Measurement& measurement) {
  constexpr nanoseconds enough = std::chrono::microseconds(500);
  nanoseconds spent{0};
  for (int executions = 0; executions < 2 || spent < enough; ++executions)
    spent += std::max(measurement.execute(), nanoseconds(1000)) + measurement.pause();
}

/// Runs the warm batch under Google Benchmark, by turns with other cells, and enters its means into the
/// outcome.
void run_batch(Measurement& measurement, const std::string& label, std::int64_t iterations,
               std::uint32_t turns, pid_t launcher, bool quiet, Outcome& outcome) {
  std::exception_ptr failure;
  nanoseconds wall{0};
  Usage used;
  std::optional<std::int64_t> energy_uj;
  Turns others(turns > 1 ? launcher : 0);
  if (!others.are_taken()) turns = 1;
  const auto batch = [&](benchmark::State& state) {
    try {
      std::optional<Energy> energy;
      Usage before;
      std::uint32_t begun = 0;
      const auto end_turn = [&] {
        used += used_between(before, measurement.usage());
        if (const auto more = energy->used()) energy_uj = energy_uj.value_or(0) + *more;
      };
      for (std::int64_t done = 0; auto _ : state) {
        if (done == iterations * begun / turns) {
          if (begun > 0) end_turn();
          others.wait(turns - begun);
          if (turns > 1) warm_up(measurement);
          ++begun;
          energy.emplace();
          before = measurement.usage();
        }
        const nanoseconds time =
            ++done == iterations ? measurement.execute_checked(true) : measurement.execute();
        wall += time;
        state.SetIterationTime(std::chrono::duration<double>(time).count());
      }
      end_turn();
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
  enter_usage(used, energy_uj, iterations, outcome);
}

/// Stamps as many executions more as the batch had, if there is room for them. All that is compared has been
/// measured by then.
void take_stamps(Measurement& measurement, CellHost& host, const Arguments& arguments,
                 const Outcome& outcome) {
  Stamps& stamps = *host.stamps();
  // To read a thread's clock takes 0.2 µs, twice a chunk, and a stamp 0.05 µs.
  constexpr nanoseconds worth_a_clock = std::chrono::microseconds(10), piece = std::chrono::microseconds(5);
  const std::int64_t pieces = arguments.stamp_pieces ? *outcome.wall_ns / piece.count() : 1;
  Stamps::Settings settings{.reads_cpu = true,
                            .pieces = static_cast<std::uint32_t>(std::clamp<std::int64_t>(pieces, 1, 1024))};
  stamps.begin(settings);
  measurement.execute();  // which maps the file, and shows how long chunks are
  settings.reads_cpu = stamps.mean_chunk() >= worth_a_clock;
  stamps.begin(settings);
  const auto before = run_delays();
  std::int64_t done = 0;
  do measurement.execute();
  while (++done < *outcome.iterations && stamps.has_room());
  stamps.stop();
  if (const auto delay = added_delay(before, run_delays())) stamps.note_run_delay(*delay);
  visit_shape(host.workload(), [&stamps](const auto& shaped) {
    if constexpr (std::is_same_v<decltype(shaped), const Dependent&>) stamps.note_ready(shaped);
  });
}

/// The fewest and the most workers of any execution, and how often there were how many.
void enter_turnouts(const std::vector<std::uint64_t>& turnouts, Outcome& outcome) {
  const double all = static_cast<double>(std::accumulate(turnouts.begin(), turnouts.end(), std::uint64_t{0}));
  for (std::size_t workers = 0; workers < turnouts.size(); ++workers) {
    if (turnouts[workers] == 0) continue;
    if (!outcome.workers_seen) outcome.workers_seen = static_cast<std::int64_t>(workers);
    outcome.workers_most = static_cast<std::int64_t>(workers);
    char text[64];
    std::snprintf(text, sizeof(text), "%s%zu=%.4g", outcome.workers_shares.empty() ? "" : ";", workers,
                  static_cast<double>(turnouts[workers]) / all);
    outcome.workers_shares += text;
  }
}

/// Latencies, failed tasks, and with them whether all is well.
void enter_records(const TaskRecords& records, Outcome& outcome) {
  outcome.latency_quantiles = records.quantiles();
  if (const auto& quantiles = outcome.latency_quantiles; !quantiles.empty()) {
    outcome.latency_p50_ns = at_quantile(quantiles, 0.5);
    outcome.latency_p95_ns = at_quantile(quantiles, 0.95);
    outcome.latency_p99_ns = at_quantile(quantiles, 0.99);
    outcome.latency_max_ns = quantiles.back().second;
  }
  if (records.kept()) outcome.tasks_failed = static_cast<std::int64_t>(records.failed());
  outcome.status = records.failed() > 0 ? Status::failed : Status::ok;
  if (records.failed() > 0) outcome.detail = records.failures();
}

/// How many tasks can be under way at once: as many as the backend can have, and no more than there are.
std::int64_t concurrency_of(const Backend& backend, const Workload& workload, unsigned workers) {
  const std::uint64_t most = backend.concurrency(workers);
  const std::uint64_t tasks = workload.tasks();  // 0 where a recursion does not know their number
  return static_cast<std::int64_t>(tasks > 0 ? std::min(most, tasks) : most);
}

void measure_started(CellHost& host, Started& started, const BackendPlugin& plugin, const std::string& label,
                     const Arguments& arguments, Clock::time_point prepared_since, Outcome& outcome) {
  const bool elsewhere = !plugin.shares_memory;
  // A launcher places what it starts.
  const bool placed_here = plugin.launcher.empty() && !host.workload().places_workers();
  const ClockCheck clock;
  Measurement measurement(host, started,
                          {.workers = arguments.workers, .tasks_elsewhere = elsewhere, .cores = placed_here});
  const auto enter_lost = [&] {
    if (measurement.lost()) outcome.lost = static_cast<std::int64_t>(*measurement.lost());
  };
  const nanoseconds cold = [&] {
    try {
      return measurement.execute_checked(false);
    } catch (const WorkerLost&) {
      enter_lost();
      throw;
    }
  }();
  outcome.cold_ns = cold.count();
  outcome.concurrency = concurrency_of(started.backend(), host.workload(), arguments.workers);
  measurement.look_at_memory();
  enter_records(measurement.records(), outcome);
  if (measurement.records().all_failed()) return;
  const nanoseconds together =
      arguments.minimum_time.value_or(worth_measuring(Clock::now() - prepared_since - cold));
  const std::int64_t iterations = arguments.iterations > 0
                                      ? arguments.iterations
                                      : calibrate(measurement, cold, together, !elsewhere, outcome);
  run_batch(measurement, label, iterations, turns_in(iterations, together), arguments.turns,
            !arguments.result.empty(), outcome);
  measurement.look_at_memory();
  if (host.stamps() != nullptr) take_stamps(measurement, host, arguments, outcome);
  if (const std::string fault = clock.fault(); !fault.empty()) throw Wrong(fault);

  outcome.peak_memory_bytes = measurement.peak_memory_bytes();
  enter_turnouts(measurement.turnouts(), outcome);
  outcome.bytes_copied = static_cast<std::int64_t>(measurement.bytes_copied());
  // The tasks of a recursion are too short to be counted: the workload may know their number.
  const bool counted = host.workload().shape() != Shape::recursive;
  if (const std::uint64_t tasks = counted ? measurement.tasks() : host.workload().tasks();
      counted || tasks > 0)
    outcome.tasks = static_cast<std::int64_t>(tasks);
  if (const std::uint64_t bytes = host.workload().bytes(); bytes > 0)
    outcome.bytes = static_cast<std::int64_t>(bytes);
  enter_records(measurement.records(), outcome);
  if (outcome.detail.empty()) outcome.detail = measurement.remark();
  enter_lost();
  if (const std::string impossible = impossible_figure(outcome); !impossible.empty()) {
    // Where one figure cannot be, none is believed.
    Outcome empty;
    empty.prices = outcome.prices;
    outcome = std::move(empty);
    throw Wrong(impossible);
  }
}

/// Runs `work`; what it throws becomes the outcome's status and detail, but for mistakes on the command line.
template <class Work>
void turn_failure_into_status(Outcome& outcome, Work work) {
  const auto fail = [&outcome](Status status, const char* detail) {
    outcome.status = status;
    outcome.detail = detail;
  };
  try {
    work();
  } catch (const InvalidParameter&) {
    throw;
  } catch (const ModuleError&) {
    throw;
  } catch (const Unsupported& error) {
    fail(Status::unsupported, error.what());
  } catch (const Wrong& error) {
    fail(Status::wrong, error.what());
  } catch (const WrongInput& error) {
    fail(Status::wrong, error.what());
  } catch (const TimedOut& error) {
    fail(Status::timeout, error.what());
  } catch (const WorkerLost& error) {
    fail(Status::crashed, error.what());
  } catch (const std::exception& error) {
    fail(Status::failed, error.what());
  } catch (...) {
    fail(Status::failed, "a task threw something that is not a std::exception");
  }
}

}  // namespace

std::optional<Outcome> measure(const Arguments& arguments) {
  const auto prepared_since = Clock::now();
  const WorkloadPlugin& workload = load_workload(arguments.workload);
  std::optional<CellHost> host;
  Outcome outcome;
  turn_failure_into_status(outcome, [&] {
    try {
      host.emplace(arguments, workload);
    } catch (const std::bad_alloc&) {
      throw std::runtime_error("the workload needs more memory than this machine can address");
    }
  });
  if (!host) return outcome;
  outcome.prices = canonical(host->workload().prices());

  bool follows = false;
  turn_failure_into_status(outcome, [&] {
    auto begin = Clock::now();
    const BackendPlugin& plugin = load_backend(arguments.backend);
    if (!plugin.launcher.empty()) host->leave_placing();
    const Settings settings{arguments.workers, Parameters(plugin.options, arguments.variant)};
    std::unique_ptr<Backend> backend = plugin.make(settings);
    if (!plugin.shares_memory) {
      const auto began = Clock::now();
      host->fill_here();
      begin += Clock::now() - began;
    }
    {
      Started started(std::move(backend), host->workload(), host->results(), *host);
      outcome.startup_ns = nanoseconds(Clock::now() - begin).count();
      follows = started.backend().follow();
      if (follows) return;
      require_rest(*host, "while the backend was started");
      if (plugin.shares_memory) host->fill_by(started);
      const std::string label =
          !arguments.label.empty()
              ? arguments.label
              : cell_label(workload.name, "", plugin.name,
                           variant_for(workload.shape, plugin.options, arguments.variant), arguments.workers);
      measure_started(*host, started, plugin, label, arguments, prepared_since, outcome);
    }
    require_rest(*host, "after the last execution");
  });
  if (follows) return std::nullopt;
  return outcome;
}

}  // namespace runoff::cell
