#include "cell/calibrate.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "cell/counters.h"
#include "cell/usage.h"

namespace runoff::cell {
namespace {

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

}  // namespace

nanoseconds worth_measuring(nanoseconds overhead) {
  return std::clamp<nanoseconds>(2 * overhead, least_batch, 4 * least_batch);
}

std::int64_t calibrate(Measurement& measurement, nanoseconds cold, nanoseconds together, bool all_here,
                       Outcome& outcome) {
  const auto how_many = [&](nanoseconds execution) {
    const nanoseconds each = execution + measurement.pause();
    return std::max<std::int64_t>(1, (together + each - nanoseconds(1)) / each);
  };
  // Nothing that is warm takes so much less than it took cold that one execution would not do.
  if (cold > 5 * std::min(together, least_batch)) return 1;
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

}  // namespace runoff::cell
