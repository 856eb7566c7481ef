#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "cell/read_stamps.h"

namespace runoff {

// Stamps as a cell would leave them, in round times.

inline Stamp chunk(std::uint32_t first, std::uint32_t count, std::int64_t begin, std::int64_t end,
                   std::int64_t on_processor = -1) {
  Stamp stamp{};
  stamp.kind = Stamp::tasks;
  stamp.begin_ns = begin;
  stamp.end_ns = end;
  stamp.first = first;
  stamp.count = count;
  if (on_processor >= 0) {
    stamp.cpu_begin_ns = 1'000'000 + begin;
    stamp.cpu_end_ns = stamp.cpu_begin_ns + on_processor;
  }
  return stamp;
}

inline Stamp graph_task(std::uint32_t step, std::uint32_t point, std::int64_t ready, std::int64_t begin,
                        std::int64_t end) {
  Stamp stamp = chunk(point, 1, begin, end);
  stamp.kind = Stamp::task;
  stamp.step = step;
  stamp.ready_ns = ready;
  return stamp;
}

inline Stamp last(std::int64_t begin, std::int64_t end) {
  Stamp stamp = chunk(0, 0, begin, end);
  stamp.kind = Stamp::finish;
  return stamp;
}

/// One execution from 1000 to `end`.
inline StampedCell one_execution(std::int64_t end, std::vector<std::vector<Stamp>> threads) {
  StampedExecution execution{1000, end, {}};
  for (auto& stamps : threads)
    execution.threads.push_back({static_cast<pid_t>(execution.threads.size() + 1), std::move(stamps)});
  StampedCell cell;
  cell.executions.push_back(std::move(execution));
  cell.run_delay_ns = 0;
  return cell;
}

}  // namespace runoff
