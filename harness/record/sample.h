#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/csv.h"

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

/// One measurement of one cell: a row of samples.csv, whose columns are these members in this order, but the
/// last.
/// Times are in nanoseconds; what is not known is absent and becomes an empty field.
struct Sample {
  using Number = std::optional<std::int64_t>;

  std::string run;         ///< the run's name, the same in all of its rows
  std::int64_t order = 0;  ///< place in the order in which samples were taken, from 0
  std::string workload;
  std::string parameters;  ///< name=value pairs joined by ';'
  std::string bound;
  std::string shape;
  std::string backend;
  std::string variant;  ///< name=value pairs joined by ';'
  std::int64_t workers = 1;
  std::int64_t sample = 0;  ///< the round it belongs to
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
  Number tasks_failed;  ///< in all executions, the cold one too
  std::string prices;   ///< what it is the price of: name=quantity/per pairs joined by ';'
  Number bytes_copied;  ///< of results, from one worker's memory to another's, in one execution

  /// Shares of the tasks and the latency in ns that each did not exceed. In latencies.csv, not in
  /// samples.csv.
  std::vector<std::pair<double, std::int64_t>> latency_quantiles;

  bool operator==(const Sample&) const = default;
};

/// The header of samples.csv.
const CsvRow& sample_columns();

/// The fields of one row, in the order of `sample_columns`.
CsvRow to_row(const Sample& sample);

/// Reads rows of a table with a header. Columns are found by name, so others may stand among them or follow.
class SampleReader {
 public:
  /// Throws CsvError that names the columns which are missing. Those after `detail` may be, in older files.
  explicit SampleReader(std::span<const std::string> header);
  /// Throws CsvError that names the column and the value which are wrong.
  Sample read(std::span<const std::string> row) const;

 private:
  std::vector<std::size_t> places_;  // of each of sample_columns() in the row
  std::size_t width_;
};

/// All samples of a whole samples.csv. Throws CsvError; its message names the row.
std::vector<Sample> read_samples(const CsvTable& table);

}  // namespace runoff
