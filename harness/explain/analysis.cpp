#include "explain/analysis.h"

#include <algorithm>
#include <map>
#include <utility>

#include "explain/timeline.h"
#include "explain/worker_time.h"

namespace runoff {
namespace {

/// Times in which some task of a graph could have begun and had not, in order.
class SomethingReady {
 public:
  explicit SomethingReady(const std::vector<WorkerTime>& workers) {
    std::vector<std::pair<std::int64_t, int>> changes;
    for (const WorkerTime& worker : workers)
      for (const Stamp& stamp : worker.stamps) {
        if (stamp.kind != Stamp::task) continue;
        changes.emplace_back(std::min(stamp.ready_ns, stamp.begin_ns), 1);
        changes.emplace_back(stamp.begin_ns, -1);
      }
    std::sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first < b.first : a.second > b.second;
    });
    int ready = 0;
    for (const auto& [at, change] : changes) {
      if (ready == 0 && change > 0) times_.emplace_back(at, at);
      ready += change;
      if (ready == 0 && !times_.empty()) times_.back().second = at;
    }
  }

  double within(std::int64_t begin, std::int64_t end) const {
    double sum = 0;
    auto next = std::lower_bound(times_.begin(), times_.end(), begin,
                                 [](const auto& time, std::int64_t at) { return time.second <= at; });
    for (; next != times_.end() && next->first < end; ++next)
      sum += static_cast<double>(std::min(end, next->second) - std::max(begin, next->first));
    return sum;
  }

 private:
  std::vector<std::pair<std::int64_t, std::int64_t>> times_;
};

/// Sums over the executions that were stamped.
struct Sums {
  double wall = 0, busy = 0, off = 0, busiest = 0, scheduling = 0, imbalance = 0, idle = 0;
  double chunks = 0, chunk_ns = 0, graph_tasks = 0, task_wait = 0;
  struct Pace {
    double work = 0, serial = 0;
    std::size_t executions = 0;
  };
  std::map<pid_t, Pace> paces;
};

/// When the last tasks of an execution ended, and what is left to one worker after them.
struct Ends {
  std::int64_t tasks_ns = 0, finish_begin_ns = 0, finish_end_ns = 0;

  Ends(const std::vector<WorkerTime>& workers, std::int64_t execution_begin) {
    tasks_ns = execution_begin;
    for (const WorkerTime& worker : workers) tasks_ns = std::max(tasks_ns, worker.tasks_end_ns);
    finish_begin_ns = finish_end_ns = tasks_ns;
    for (const WorkerTime& worker : workers)
      for (const Stamp& stamp : worker.stamps)
        if (stamp.kind == Stamp::finish) {
          finish_begin_ns = stamp.begin_ns;
          finish_end_ns = stamp.end_ns;
        }
  }

  /// For how much of a time others still ran tasks, or finished.
  double others_work(std::int64_t begin, std::int64_t end) const {
    const auto overlap = [&](std::int64_t first, std::int64_t last) {
      return static_cast<double>(std::max<std::int64_t>(0, std::min(end, last) - std::max(begin, first)));
    };
    return overlap(begin, tasks_ns) + overlap(std::max(tasks_ns, finish_begin_ns), finish_end_ns);
  }
};

/// The time of a worker that it was in no task, by what it waited for.
void add_gaps(const WorkerTime& worker, const StampedExecution& execution, const Ends& ends,
              const SomethingReady* ready, Sums& sums) {
  std::int64_t at = execution.begin_ns;
  const auto add_gap = [&](std::int64_t until) {
    const auto gap = static_cast<double>(until - at);
    double waits = 0;
    if (at >= worker.tasks_end_ns)
      waits = ends.others_work(at, until);
    else if (ready != nullptr)
      waits = gap - std::min(gap, ready->within(at, until));
    sums.imbalance += waits;
    sums.scheduling += gap - waits;
  };
  for (const Segment& segment : worker.segments) {
    add_gap(segment.begin_ns);
    at = segment.end_ns;
  }
  add_gap(execution.end_ns);
}

void add_execution(const StampedExecution& execution, const SerialCost& serial, const Explained& cell,
                   Sums& sums) {
  const std::vector<WorkerTime> workers = workers_of(execution);
  const auto wall = static_cast<double>(execution.end_ns - execution.begin_ns);
  sums.wall += wall;
  sums.idle += wall * std::max(0.0, static_cast<double>(cell.workers) - static_cast<double>(workers.size()));
  std::optional<SomethingReady> ready;
  if (cell.shape == "dependent") ready.emplace(workers);
  const Ends ends(workers, execution.begin_ns);
  double busiest = 0;
  for (const WorkerTime& worker : workers) {
    add_gaps(worker, execution, ends, ready ? &*ready : nullptr, sums);
    const double busy = worker.busy_ns(), off = worker.off_ns();
    sums.busy += busy;
    sums.off += off;
    busiest = std::max(busiest, busy);
    Sums::Pace& pace = sums.paces[worker.thread];
    pace.executions += 1;
    // Waiting for a lock slows no worker down, and neither does the disk.
    pace.work += busy - off;
    for (const Stamp& stamp : worker.stamps) {
      sums.chunks += 1;
      sums.chunk_ns += static_cast<double>(stamp.end_ns - stamp.begin_ns);
      pace.serial += serial.of(stamp);
      if (stamp.ready_ns == 0) continue;
      sums.graph_tasks += 1;
      sums.task_wait += static_cast<double>(std::max<std::int64_t>(0, stamp.begin_ns - stamp.ready_ns));
    }
  }
  sums.busiest += busiest;
}

/// Splits the time inside of tasks.
void split_tasks(double busy, double off, double delay, bool delay_is_known, const SerialCost& serial,
                 const Explained& cell, Parts& parts) {
  const double on = busy - off;
  parts.useful = std::min(on, serial.work_ns());
  parts.slower = on - parts.useful;
  // Where threads come and go, what they waited for a core is lost; where there are more than cores, it
  // shows.
  const bool crowded = cell.bound != "io" && cell.cores > 0 && cell.workers > cell.cores;
  parts.displaced = crowded ? off : delay_is_known ? std::min(off, delay) : 0;
  const double waited = off - parts.displaced;
  parts.io = std::min(waited, serial.wait_ns());
  parts.contended = waited - parts.io;
}

/// The slowest worker against the middle of the others, over what serial took for the same tasks.
void find_slow_worker(const Sums& sums, double executions, Analysis& analysis) {
  std::vector<std::pair<double, const Sums::Pace*>> ratios;
  for (const auto& [thread, pace] : sums.paces)
    if (static_cast<double>(pace.executions) >= executions / 2 && pace.serial > 0)
      ratios.emplace_back(pace.work / pace.serial, &pace);
  if (ratios.size() < 2) return;
  std::sort(ratios.begin(), ratios.end());
  const auto [slowest, pace] = ratios.back();
  const double usual = ratios[(ratios.size() - 1) / 2].first;
  if (usual <= 0) return;
  analysis.slow_worker = slowest / usual;
  analysis.slow_worker_ns = pace->work * (1 - usual / slowest) / executions;
}

/// Tasks that nothing stamps: what is known is for how long processors were busy.
Analysis by_processor_time(const Outcome& sample, const SerialCost& serial, const Explained& cell) {
  Analysis analysis;
  analysis.wall_ns = static_cast<double>(sample.wall_ns.value_or(0));
  const double all = analysis.wall_ns * static_cast<double>(cell.workers);
  const double on = std::min(all, static_cast<double>(sample.cpu_ns.value_or(0)));
  analysis.parts.useful = std::min(on, serial.work_ns());
  analysis.parts.untold = on - analysis.parts.useful;
  analysis.parts.io = cell.bound == "io" ? all - on : 0;
  analysis.parts.idle = cell.bound == "io" ? 0 : all - on;
  return analysis;
}

}  // namespace

double Parts::sum() const {
  double all = 0;
  each_part(*this, [&all](const char*, double part) { all += part; });
  return all;
}

Analysis analyse(const StampedCell& stamped, const Outcome& sample, const SerialCost& serial,
                 const Explained& cell) {
  const bool any = std::any_of(stamped.executions.begin(), stamped.executions.end(),
                               [](const StampedExecution& one) { return !workers_of(one).empty(); });
  if (!any) return by_processor_time(sample, serial, cell);
  Sums sums;
  for (const StampedExecution& execution : stamped.executions) add_execution(execution, serial, cell, sums);
  const auto executions = static_cast<double>(stamped.executions.size());

  Analysis analysis;
  analysis.seen = true;
  analysis.wall_ns = sums.wall / executions;
  split_tasks(sums.busy / executions, sums.off / executions, stamped.run_delay_ns.value_or(0),
              stamped.run_delay_ns.has_value(), serial, cell, analysis.parts);
  // Threads also wait for a core between tasks: where a task is short, the kernel takes the core at its
  // stamps.
  const bool crowded = cell.cores > 0 && cell.workers > cell.cores;
  const double between = crowded ? 0
                                 : std::clamp(stamped.run_delay_ns.value_or(0) - analysis.parts.displaced,
                                              0.0, sums.scheduling / executions);
  analysis.parts.displaced += between;
  // What stamps take, they mostly take between tasks.
  const double scheduling = sums.scheduling / executions - between;
  const double longer = analysis.wall_ns - static_cast<double>(sample.wall_ns.value_or(0));
  analysis.parts.stamping = std::clamp(longer * static_cast<double>(cell.workers), 0.0, scheduling);
  analysis.parts.scheduling = scheduling - analysis.parts.stamping;
  analysis.parts.imbalance = sums.imbalance / executions;
  analysis.parts.idle = sums.idle / executions;
  const double all = sums.wall * static_cast<double>(cell.workers);
  PopEfficiency& efficiency = analysis.efficiency;
  efficiency.parallel = sums.busy / all;
  efficiency.load_balance =
      sums.busiest > 0 ? sums.busy / static_cast<double>(cell.workers) / sums.busiest : 0;
  efficiency.communication = sums.busiest / sums.wall;
  efficiency.computation = sums.busy > 0 ? (serial.work_ns() + serial.wait_ns()) * executions / sums.busy : 0;
  efficiency.global = efficiency.parallel * efficiency.computation;
  analysis.chunks = sums.chunks / executions;
  analysis.chunk_ns = sums.chunks > 0 ? sums.chunk_ns / sums.chunks : 0;
  if (sums.graph_tasks > 0) analysis.task_wait_ns = sums.task_wait / sums.graph_tasks;
  // Where tasks wait, what they do on a processor is too little to judge a worker by.
  if (cell.bound != "io") find_slow_worker(sums, executions, analysis);
  analysis.timeline = timeline(middle_execution(stamped));
  return analysis;
}

}  // namespace runoff
