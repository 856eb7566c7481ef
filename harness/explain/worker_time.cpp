#include "explain/worker_time.h"

#include <algorithm>

namespace runoff {
namespace {

/// Stamps that overlap: tasks of an event loop, which are under way at once.
struct Overlapping {
  std::int64_t begin_ns, end_ns, cpu_begin_ns, cpu_end_ns;
  bool knows_cpu;

  explicit Overlapping(const Stamp& stamp)
      : begin_ns(stamp.begin_ns),
        end_ns(stamp.end_ns),
        cpu_begin_ns(stamp.cpu_begin_ns),
        cpu_end_ns(stamp.cpu_end_ns),
        knows_cpu(stamp.knows_cpu()) {}

  void add(const Stamp& stamp) {
    end_ns = std::max(end_ns, stamp.end_ns);
    cpu_begin_ns = std::min(cpu_begin_ns, stamp.cpu_begin_ns);
    cpu_end_ns = std::max(cpu_end_ns, stamp.cpu_end_ns);
    knows_cpu = knows_cpu && stamp.knows_cpu();
  }

  Segment segment() const {
    const auto wall = static_cast<double>(end_ns - begin_ns);
    const auto on = static_cast<double>(cpu_end_ns - cpu_begin_ns);
    return {begin_ns, end_ns, knows_cpu ? std::clamp(wall - on, 0.0, wall) : 0};
  }
};

void join_overlapping(WorkerTime& worker) {
  std::sort(worker.stamps.begin(), worker.stamps.end(),
            [](const Stamp& a, const Stamp& b) { return a.begin_ns < b.begin_ns; });
  for (const Stamp& stamp : worker.stamps)
    if (stamp.kind != Stamp::finish) worker.tasks_end_ns = std::max(worker.tasks_end_ns, stamp.end_ns);
  for (std::size_t i = 0; i < worker.stamps.size();) {
    Overlapping together(worker.stamps[i]);
    for (++i; i < worker.stamps.size() && worker.stamps[i].begin_ns < together.end_ns; ++i)
      together.add(worker.stamps[i]);
    worker.segments.push_back(together.segment());
  }
}

bool ran_tasks(const StampedThread& thread) {
  return std::any_of(thread.stamps.begin(), thread.stamps.end(),
                     [](const Stamp& stamp) { return stamp.kind != Stamp::finish; });
}

}  // namespace

double WorkerTime::busy_ns() const {
  double sum = 0;
  for (const Segment& segment : segments) sum += segment.length_ns();
  return sum;
}

double WorkerTime::off_ns() const {
  double sum = 0;
  for (const Segment& segment : segments) sum += segment.off_ns;
  return sum;
}

std::vector<WorkerTime> workers_of(const StampedExecution& execution) {
  std::vector<WorkerTime> workers;
  for (const StampedThread& thread : execution.threads)
    if (ran_tasks(thread)) workers.push_back({thread.thread, thread.stamps, {}, 0});
  for (const StampedThread& thread : execution.threads)
    if (!ran_tasks(thread) && !workers.empty())
      workers.front().stamps.insert(workers.front().stamps.end(), thread.stamps.begin(), thread.stamps.end());
  for (WorkerTime& worker : workers) join_overlapping(worker);
  return workers;
}

}  // namespace runoff
