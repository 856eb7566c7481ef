#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/optional_number.h"

namespace runoff {

/// How a sample ended. Only `ok` ones have times that count; `unsupported` and `skipped` are no failures.
/// The others stand in the order of how bad they are, the worst first.
enum class Status { ok, wrong, timeout, crashed, failed, unsupported, skipped };

std::string_view to_string(Status status);
std::optional<Status> parse_status(std::string_view text);

/// Of two ways to end, the worse one.
constexpr Status worse(Status a, Status b) {
  if (a == Status::ok || b == Status::ok) return a == Status::ok ? b : a;
  return a < b ? a : b;
}

/// True where something went wrong that a person must hear of: runoff then ends with exit status 1.
constexpr bool is_failure(Status status) {
  return status != Status::ok && status != Status::unsupported && status != Status::skipped;
}

/// What one measurement of a cell found. Times are in nanoseconds. What is not known stays empty.
///
/// A number more is a member here, a line in `each_field` and a row of the table in results/README.md.
struct Outcome {
  using Number = OptionalNumber;

  Status status = Status::ok;
  Number wall_ns;     ///< one warm execution of the whole workload, the mean of `iterations`
  Number cpu_ns;      ///< of all workers together, for one warm execution
  Number startup_ns;  ///< to make the workers
  Number cold_ns;     ///< the first execution
  Number tasks;       ///< of one execution
  Number iterations;  ///< warm executions that were timed
  Number bytes;       ///< that one execution must move
  Number peak_memory_bytes;
  Number voluntary_switches;    ///< of one warm execution
  Number involuntary_switches;  ///< of one warm execution
  Number workers_seen;          ///< the fewest distinct workers that ran tasks in any execution
  Number latency_p50_ns;
  Number latency_p95_ns;
  Number latency_p99_ns;
  Number latency_max_ns;
  std::string detail;   ///< why it is not ok, or what the check has to say, in one line
  Number tasks_failed;  ///< in all executions, the cold one too; empty where tasks keep no records
  std::string prices;   ///< what it is the price of: name=quantity/per pairs joined by ';'
  Number bytes_copied;  ///< of results, from one worker's memory to another's, in one execution
  Number concurrency;   ///< tasks of one execution that can be under way at once
  Number workers_most;  ///< the most distinct workers that ran tasks in any execution
  /// In which share of the executions each number of workers ran tasks: number=share pairs joined by ';'.
  std::string workers_shares;
  Number system_ns;     ///< of cpu_ns, in the kernel
  Number minor_faults;  ///< of one warm execution, as all that follow
  Number major_faults;
  Number instructions;
  Number cycles;
  Number cache_misses;
  Number energy_uj;
  Number lost;  ///< additions or tasks of the last checked execution: of a race, or of a worker that was lost
  Number turns;  ///< that the warm executions were cut into; see cell/turns.h

  Number typical_ns;  ///< one warm execution: the midmean of `iterations`; see cell/midmean.h

  /// What tasks, backend and runtime printed, beginning and end, where the sample went well. The cell does
  /// not know it: the launcher, to which its output goes, does.
  std::string printed;

  /// Shares of the tasks in rising order, and the latency in ns that each did not exceed. They are in no
  /// column of samples.csv, but in latencies.csv.
  std::vector<std::pair<double, std::int64_t>> latency_quantiles;

  bool operator==(const Outcome&) const = default;
};

/// Calls `visit(name, member)` for each member that is a column, in the order of samples.csv. The file that a
/// cell writes and the rows of samples.csv are both made of this list.
template <class O, class Visit>
void each_field(O& outcome, Visit visit) {
  visit("status", outcome.status);
  visit("wall_ns", outcome.wall_ns);
  visit("cpu_ns", outcome.cpu_ns);
  visit("startup_ns", outcome.startup_ns);
  visit("cold_ns", outcome.cold_ns);
  visit("tasks", outcome.tasks);
  visit("iterations", outcome.iterations);
  visit("bytes", outcome.bytes);
  visit("peak_memory_bytes", outcome.peak_memory_bytes);
  visit("voluntary_switches", outcome.voluntary_switches);
  visit("involuntary_switches", outcome.involuntary_switches);
  visit("workers_seen", outcome.workers_seen);
  visit("latency_p50_ns", outcome.latency_p50_ns);
  visit("latency_p95_ns", outcome.latency_p95_ns);
  visit("latency_p99_ns", outcome.latency_p99_ns);
  visit("latency_max_ns", outcome.latency_max_ns);
  visit("detail", outcome.detail);
  visit("tasks_failed", outcome.tasks_failed);
  visit("prices", outcome.prices);
  visit("bytes_copied", outcome.bytes_copied);
  visit("concurrency", outcome.concurrency);
  visit("workers_most", outcome.workers_most);
  visit("workers_shares", outcome.workers_shares);
  visit("system_ns", outcome.system_ns);
  visit("minor_faults", outcome.minor_faults);
  visit("major_faults", outcome.major_faults);
  visit("instructions", outcome.instructions);
  visit("cycles", outcome.cycles);
  visit("cache_misses", outcome.cache_misses);
  visit("energy_uj", outcome.energy_uj);
  visit("lost", outcome.lost);
  visit("turns", outcome.turns);
  visit("typical_ns", outcome.typical_ns);
}

/// The time of an execution by which cells are compared: the typical one, and the mean where a file of an
/// older version has no other.
inline Outcome::Number compared_ns(const Outcome& outcome) {
  return outcome.typical_ns ? outcome.typical_ns : outcome.wall_ns;
}

/// The first figure of an outcome that cannot be, in words; empty where each can. Such a sample is `wrong`.
std::string impossible_figure(const Outcome& outcome);

/// Writes one JSON object, as a whole or not at all. Numbers that are not known are left out. Throws
/// MachineError.
void write_outcome(const Outcome& outcome, const std::filesystem::path& file);

/// The same for the process that leads a job of so many workers, which another may have started. Where an
/// outcome is there already, a second process led: the outcome is then `failed`, whichever came first.
void write_outcome_of_job(const Outcome& outcome, unsigned workers, const std::filesystem::path& file);

/// The file beside an outcome that is there when a process of the cell was stopped and went on.
std::filesystem::path stop_mark(const std::filesystem::path& outcome);

/// What `write_outcome` wrote. Nothing where there is no such file, or where it is none.
std::optional<Outcome> read_outcome(const std::filesystem::path& file);

}  // namespace runoff
