#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

namespace runoff::cell {

/// The midmean of executions: the mean of the middle half of their times, a quarter left out at either end
/// (Tukey, Exploratory Data Analysis, 1977; also called interquartile mean). What holds up less than a
/// quarter of them does not move it.
///
/// It keeps at most some thousand times: of more executions, as many as it takes that follow each other count
/// as one.
class Midmean {
 public:
  explicit Midmean(std::int64_t executions);

  void add(std::chrono::nanoseconds time);
  /// Of an execution, in ns. At least one was added.
  double value() const;

 private:
  static constexpr std::int64_t most_kept = 4096;

  std::int64_t together_;  ///< executions that count as one
  std::int64_t in_last_ = 0;
  std::vector<double> kept_;  ///< of so many executions together, in ns; the last may be of fewer
};

/// The midmean of values, at least one. Where a quarter of them is no whole number, the outermost that stay
/// count in part.
double midmean(std::vector<double> values);

}  // namespace runoff::cell
