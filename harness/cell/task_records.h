#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "runoff/workload.h"

namespace runoff::cell {

/// What tasks recorded of themselves in the executions of a cell. Failed tasks count in all executions.
/// Latencies count in warm ones, and only those of tasks that succeeded: a task that fails at once is not
/// fast.
class TaskRecords {
 public:
  /// Reads the records of an execution that has ended. Does nothing where the workload keeps none.
  void collect(const Workload& workload, Results results, bool warm);

  /// Whether the workload keeps records at all.
  bool kept() const { return seen_ > 0; }
  std::uint64_t failed() const { return failed_; }
  /// Whether all tasks of all executions failed, so that more of them would tell nothing.
  bool all_failed() const { return seen_ > 0 && failed_ == seen_; }
  /// "3 of 26 tasks failed: 2 x HTTP status 500; 1 x connection reset", the most frequent first.
  std::string failures() const;

  /// Shares of the tasks in rising order, and the latency in ns that each did not exceed. There is one for
  /// each hundredth, and some for thousandths at the end; or one for each task where there are fewer than
  /// 100. They are of the nearest rank, so that each is a latency that occurred. Empty where none is known.
  std::vector<std::pair<double, std::int64_t>> quantiles() const;

 private:
  std::vector<std::int64_t> latencies_;
  std::uint64_t seen_ = 0;
  std::uint64_t failed_ = 0;
  std::map<std::string, std::uint64_t, std::less<>> kinds_;
};

/// The latency that this share of the tasks did not exceed. `quantiles` is not empty.
std::int64_t at_quantile(const std::vector<std::pair<double, std::int64_t>>& quantiles, double share);

}  // namespace runoff::cell
