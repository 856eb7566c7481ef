#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace runoff::cell {

/// What one cell found. Times in nanoseconds; what is not known stays empty. `wall`, `cpu`, tasks, bytes and
/// switches are means over the warm executions.
struct Outcome {
  std::string status = "failed";  ///< ok, wrong, failed, crashed or unsupported
  std::string detail;
  std::optional<std::int64_t> wall_ns, cpu_ns, startup_ns, cold_ns;
  std::optional<std::int64_t> tasks, iterations, bytes, peak_memory_bytes;
  std::optional<std::int64_t> voluntary_switches, involuntary_switches, workers_seen;
  std::optional<std::int64_t> tasks_failed;  ///< in all executions; empty where tasks keep no records
  std::optional<std::int64_t> bytes_copied;  ///< of results, from one worker's memory to another's
  std::string prices;                        ///< that the workload shows; as `canonical` writes them
  /// Fractions of the tasks, and the latency that each did not exceed; in rising order.
  std::vector<std::pair<double, std::int64_t>> latency_quantiles;

  bool good() const { return status == "ok" || status == "unsupported"; }
};

/// Writes one JSON object, as a whole or not at all. Throws std::system_error.
void write_outcome(const Outcome& outcome, const std::string& file);

}  // namespace runoff::cell
