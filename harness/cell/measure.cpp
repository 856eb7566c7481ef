#include "cell/measure.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <thread>

#include "cell/host.h"
#include "cell/module.h"
#include "cell/reporters.h"
#include "cell/task_records.h"
#include "cell/usage.h"
#include "runoff/started.h"
#include "support/label.h"

namespace runoff::cell {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::nanoseconds;

/// The executions were not what they should be: wrong results, or not every task exactly once.
struct Wrong : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Measurement {
 public:
  Measurement(CellHost& host, Started& started)
      : host_(host), started_(started), pause_(host.workload().pause()) {}

  /// One execution, timed after the workload's pause, with what the workers did counted after the clock has
  /// stopped.
  nanoseconds execute(bool warm = true) {
    if (pause_ > nanoseconds::zero()) std::this_thread::sleep_for(pause_);
    const auto begin = Clock::now();
    started_.execute();
    const auto time = Clock::now() - begin;
    Seen seen = host_.look();
    seen += started_.backend().seen_elsewhere();
    const std::uint64_t tasks = host_.workload().tasks();
    if (host_.workload().shape() != Shape::recursive && seen.tasks != tasks)
      throw Wrong(std::to_string(seen.tasks) + " tasks ran in an execution of " + std::to_string(tasks));
    if (host_.workload().shape() == Shape::independent && seen.which != mark_of({0, tasks}))
      throw Wrong("some of " + std::to_string(tasks) + " tasks did not run, and others more than once");
    tasks_ = seen.tasks;
    bytes_copied_ = seen.bytes_copied;
    fewest_workers_ = std::min(fewest_workers_, seen.workers);
    const std::int64_t before_reading = thread_cpu_ns();
    records_.collect(host_.workload(), host_.results(), warm);
    checking_cpu_ns_ += thread_cpu_ns() - before_reading;
    return time;
  }

  nanoseconds execute_checked(bool warm) {
    const std::int64_t before_wiping = thread_cpu_ns();
    host_.wipe_results();
    checking_cpu_ns_ += thread_cpu_ns() - before_wiping;
    const nanoseconds time = execute(warm);
    const std::int64_t before_checking = thread_cpu_ns();
    const Check check = host_.workload().check(host_.results());
    checking_cpu_ns_ += thread_cpu_ns() - before_checking;
    if (!check.right) throw Wrong(check.why);
    remark_ = check.why;
    return time;
  }

  Usage usage() {
    Usage usage = usage_of_tree();
    usage.cpu_ns -= checking_cpu_ns_;
    usage += started_.backend().used_elsewhere();
    return usage;
  }

  /// Outside of all timing: walking the page tables takes milliseconds.
  void look_at_memory() {
    peak_memory_bytes_ =
        std::max(peak_memory_bytes_, memory_of_tree() + started_.backend().used_elsewhere().memory_bytes);
  }

  std::uint32_t fewest_workers() const { return fewest_workers_; }
  std::uint64_t tasks() const { return tasks_; }
  /// By the last execution.
  std::uint64_t bytes_copied() const { return bytes_copied_; }
  std::int64_t peak_memory_bytes() const { return peak_memory_bytes_; }
  const TaskRecords& records() const { return records_; }
  nanoseconds pause() const { return pause_; }
  /// What the last check had to say of results that were right.
  const std::string& remark() const { return remark_; }

 private:
  CellHost& host_;
  Started& started_;
  nanoseconds pause_;
  std::string remark_;
  std::uint64_t tasks_ = 0;
  std::uint64_t bytes_copied_ = 0;
  std::uint32_t fewest_workers_ = ~0u;
  std::int64_t checking_cpu_ns_ = 0;  // wiping and checking are no part of the work
  std::int64_t peak_memory_bytes_ = 0;
  TaskRecords records_;
};

/// How many warm executions take the minimum time, with the pauses before them, judged by the fastest of a
/// few.
std::int64_t calibrate(Measurement& measurement, nanoseconds cold, const Arguments& arguments) {
  if (arguments.iterations > 0) return arguments.iterations;
  // Nothing that is warm takes so much less than it took cold that one execution would not do.
  if (cold > 20 * arguments.minimum_time) return 1;
  constexpr nanoseconds enough = std::chrono::milliseconds(2);
  nanoseconds fastest = nanoseconds::max();
  for (nanoseconds spent{0}; spent < enough;) {
    const nanoseconds time = std::max(measurement.execute(), nanoseconds(1));
    fastest = std::min(fastest, time);
    spent += std::max(time, enough / 10'000) + measurement.pause();
  }
  const nanoseconds each = fastest + measurement.pause();
  return std::max<std::int64_t>(1, (arguments.minimum_time + each - nanoseconds(1)) / each);
}

/// Runs the warm batch under Google Benchmark and enters its means into the outcome.
void run_batch(Measurement& measurement, const std::string& label, std::int64_t iterations, bool quiet,
               Outcome& outcome) {
  std::exception_ptr failure;
  nanoseconds wall{0};
  Usage used;
  const auto batch = [&](benchmark::State& state) {
    try {
      const Usage before = measurement.usage();
      for (std::int64_t done = 0; auto _ : state) {
        const nanoseconds time =
            ++done == iterations ? measurement.execute_checked(true) : measurement.execute();
        wall += time;
        state.SetIterationTime(std::chrono::duration<double>(time).count());
      }
      used = measurement.usage();
      used.cpu_ns -= before.cpu_ns;
      used.voluntary_switches -= before.voluntary_switches;
      used.involuntary_switches -= before.involuntary_switches;
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

  const auto mean = [iterations](std::int64_t sum) {
    return std::llround(static_cast<double>(sum) / static_cast<double>(iterations));
  };
  outcome.iterations = iterations;
  outcome.wall_ns = mean(wall.count());
  outcome.cpu_ns = mean(used.cpu_ns);
  outcome.voluntary_switches = mean(used.voluntary_switches);
  outcome.involuntary_switches = mean(used.involuntary_switches);
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

void measure_started(CellHost& host, Started& started, const std::string& label, const Arguments& arguments,
                     Outcome& outcome) {
  Measurement measurement(host, started);
  const nanoseconds cold = measurement.execute_checked(false);
  outcome.cold_ns = cold.count();
  outcome.concurrency = concurrency_of(started.backend(), host.workload(), arguments.workers);
  measurement.look_at_memory();
  enter_records(measurement.records(), outcome);
  if (measurement.records().all_failed()) return;
  const std::int64_t iterations = calibrate(measurement, cold, arguments);
  run_batch(measurement, label, iterations, !arguments.result.empty(), outcome);
  measurement.look_at_memory();

  outcome.peak_memory_bytes = measurement.peak_memory_bytes();
  outcome.workers_seen = measurement.fewest_workers();
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
    const Settings settings{arguments.workers, Parameters(plugin.options, arguments.variant)};
    std::unique_ptr<Backend> backend = plugin.make(settings);
    if (!plugin.shares_memory) {
      const auto began = Clock::now();
      host->fill_here();
      begin += Clock::now() - began;
    }
    Started started(std::move(backend), host->workload(), host->results(), *host);
    outcome.startup_ns = nanoseconds(Clock::now() - begin).count();
    follows = started.backend().follow();
    if (follows) return;
    if (plugin.shares_memory) host->fill_by(started);
    const std::string label =
        !arguments.label.empty()
            ? arguments.label
            : cell_label(workload.name, "", plugin.name,
                         variant_for(workload.shape, plugin.options, arguments.variant), arguments.workers);
    measure_started(*host, started, label, arguments, outcome);
  });
  if (follows) return std::nullopt;
  return outcome;
}

}  // namespace runoff::cell
