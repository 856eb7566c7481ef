#include "explain/serial_cost.h"

#include <algorithm>

#include "explain/worker_time.h"

namespace runoff {
namespace {

double on_processor(const Stamp& stamp) {
  const auto wall = static_cast<double>(stamp.end_ns - stamp.begin_ns);
  return stamp.knows_cpu() ? std::min(wall, static_cast<double>(stamp.cpu_end_ns - stamp.cpu_begin_ns))
                           : wall;
}

}  // namespace

SerialCost::SerialCost(const StampedCell& stamped, double wall_ns) : work_ns_(wall_ns) {
  double busy = 0, off = 0, on = 0;
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> by_task;  // sums over the executions
  std::uint32_t end = 0;
  bool loop = false;
  for (const StampedExecution& execution : stamped.executions)
    for (const WorkerTime& worker : workers_of(execution)) {
      busy += worker.busy_ns();
      off += worker.off_ns();
      for (const Stamp& stamp : worker.stamps) {
        on += on_processor(stamp);
        if (stamp.kind != Stamp::tasks && stamp.kind != Stamp::task) continue;
        by_task[{stamp.step, stamp.first}] += on_processor(stamp);
        loop = loop || stamp.kind == Stamp::tasks;
        end = std::max(end, stamp.first + stamp.count);
      }
    }
  if (busy <= 0 || on <= 0) return;
  wait_ns_ = wall_ns * off / busy;
  work_ns_ = wall_ns - wait_ns_;
  for (auto& [task, ns] : by_task) ns *= work_ns_ / on;
  if (!loop) {
    of_graph_task_ = std::move(by_task);
    return;
  }
  double sum = 0;
  for (const auto& [task, ns] : by_task) {
    up_to_.emplace_back(task.second, sum);
    sum += ns;
  }
  up_to_.emplace_back(end, sum);
}

double SerialCost::before(std::uint32_t task) const {
  const auto after = std::upper_bound(up_to_.begin(), up_to_.end(), task,
                                      [](std::uint32_t one, const auto& piece) { return one < piece.first; });
  if (after == up_to_.begin()) return 0;
  const auto& [first, sum] = *(after - 1);
  if (after == up_to_.end()) return sum;
  // Within a piece, tasks are taken to be alike.
  return sum + (after->second - sum) * (task - first) / (after->first - first);
}

double SerialCost::of(const Stamp& chunk) const {
  if (chunk.kind == Stamp::tasks && !up_to_.empty())
    return before(chunk.first + chunk.count) - before(chunk.first);
  if (chunk.kind != Stamp::task) return 0;
  const auto found = of_graph_task_.find({chunk.step, chunk.first});
  return found == of_graph_task_.end() ? 0 : found->second;
}

}  // namespace runoff
