#include "cell/measure.h"

#include <algorithm>

#include "cell/batch.h"
#include "cell/calibrate.h"
#include "cell/clock_check.h"
#include "cell/enter.h"
#include "cell/host.h"
#include "cell/measurement.h"
#include "cell/module.h"
#include "cell/prices.h"
#include "cell/run_delay.h"
#include "cell/stamps.h"
#include "runoff/started.h"
#include "runoff/visit_shape.h"
#include "support/label.h"

namespace runoff::cell {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::nanoseconds;

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
  const auto cold_since = Clock::now();
  const nanoseconds cold = [&] {
    try {
      return measurement.execute_checked(false);
    } catch (const WorkerLost&) {
      enter_lost();
      throw;
    }
  }();
  const nanoseconds checking = Clock::now() - cold_since - cold;
  outcome.cold_ns = cold.count();
  outcome.concurrency = concurrency_of(started.backend(), host.workload(), arguments.workers);
  measurement.look_at_memory();
  enter_records(measurement.records(), outcome);
  if (measurement.records().all_failed()) return;
  // The last execution is checked as the cold one was.
  const nanoseconds overhead = Clock::now() - prepared_since - cold + checking;
  const nanoseconds together = arguments.minimum_time.value_or(worth_measuring(overhead));
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

/// Where a process has Boost.Asio compiled in two ways, its coroutines wait for what never comes.
void require_one_build(const WorkloadPlugin& workload, const BackendPlugin& backend) {
  const std::string& build = backend.compilation.build;
  if (workload.asynchronous && workload.compilation.build != build)
    throw Unsupported("this workload has no build '" + build +
                      "', which this backend needs: runoff_add_workload makes it");
}

/// Runs `work`; what it throws becomes the outcome's status and detail, but for mistakes on the command line.
template <class Work>
void turn_failure_into_status(Outcome& outcome, Work work) {
  const auto fail = [&outcome](Status status, std::string_view detail) {
    outcome.status = status;
    outcome.detail = detail.empty() && is_failure(status) ? "an exception without words" : detail;
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
    fail(Status::failed, "something was thrown that is not a std::exception");
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
  bool follows = false;
  turn_failure_into_status(outcome, [&] {
    outcome.prices = join_prices(host->workload().prices());
    auto begin = Clock::now();
    const BackendPlugin& plugin = load_backend(arguments.backend);
    require_one_build(workload, plugin);
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
