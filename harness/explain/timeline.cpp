#include "explain/timeline.h"

#include <algorithm>
#include <cmath>

#include "explain/worker_time.h"

namespace runoff {
namespace {

constexpr std::size_t columns = 100;
constexpr std::size_t most_workers = 16;

std::string line_of(const WorkerTime& worker, const StampedExecution& execution) {
  const double column_ns =
      std::max(1.0, static_cast<double>(execution.end_ns - execution.begin_ns) / columns);
  std::vector<double> inside(columns), off(columns);
  for (const Segment& segment : worker.segments) {
    const double begin = static_cast<double>(segment.begin_ns - execution.begin_ns) / column_ns;
    const double end = static_cast<double>(segment.end_ns - execution.begin_ns) / column_ns;
    const double off_share = segment.length_ns() > 0 ? segment.off_ns / segment.length_ns() : 0;
    for (auto column = static_cast<std::size_t>(begin); column < columns && static_cast<double>(column) < end;
         ++column) {
      const double part =
          std::min(end, static_cast<double>(column + 1)) - std::max(begin, static_cast<double>(column));
      inside[column] += part;
      off[column] += part * off_share;
    }
  }
  std::string line;
  for (std::size_t column = 0; column < columns; ++column)
    line += off[column] > 0.5 ? 'w' : static_cast<char>('0' + std::lround(9 * std::min(1.0, inside[column])));
  return line;
}

}  // namespace

const StampedExecution& middle_execution(const StampedCell& cell) {
  std::vector<const StampedExecution*> all;
  for (const StampedExecution& one : cell.executions) all.push_back(&one);
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::nth_element(all.begin(), middle, all.end(), [](const auto* a, const auto* b) {
    return a->end_ns - a->begin_ns < b->end_ns - b->begin_ns;
  });
  return **middle;
}

std::vector<std::string> timeline(const StampedExecution& execution) {
  std::vector<std::string> lines;
  for (const WorkerTime& worker : workers_of(execution))
    if (lines.size() < most_workers) lines.push_back(line_of(worker, execution));
  return lines;
}

}  // namespace runoff
