#include "explain/trace.h"

#include <fmt/format.h>

#include "explain/worker_time.h"
#include "support/json.h"

namespace runoff {
namespace {

std::string name_of(const Stamp& stamp) {
  switch (stamp.kind) {
    case Stamp::tasks:
      return stamp.count == 1 ? fmt::format("task {}", stamp.first)
                              : fmt::format("tasks {}-{}", stamp.first, stamp.first + stamp.count - 1);
    case Stamp::task:
      return fmt::format("step {} point {}", stamp.step, stamp.first);
    case Stamp::root:
      return "root";
    case Stamp::subtree:
      return fmt::format("subtree {}", stamp.first);
    case Stamp::job:
      return "job";
    case Stamp::finish:
      break;
  }
  return "finish";
}

/// A name for a process or a thread of the trace.
Json named(const char* what, int process, int thread, const std::string& name) {
  return {{"ph", "M"}, {"name", what}, {"pid", process}, {"tid", thread}, {"args", {{"name", name}}}};
}

}  // namespace

Json trace_events(const StampedExecution& execution, int process, const std::string& name) {
  Json events = Json::array();
  events.push_back(named("process_name", process, 0, name));
  const auto since_begin = [&execution](std::int64_t at) {
    return static_cast<double>(at - execution.begin_ns) / 1e3;
  };
  int thread = 0, task_under_way = 0;
  for (const WorkerTime& worker : workers_of(execution)) {
    events.push_back(named("thread_name", process, ++thread, fmt::format("worker {}", thread)));
    // Of an event loop, tasks that are under way at once.
    const bool overlap = worker.segments.size() < worker.stamps.size();
    for (const Stamp& stamp : worker.stamps) {
      Json event{{"ph", "X"},
                 {"name", name_of(stamp)},
                 {"pid", process},
                 {"tid", thread},
                 {"ts", since_begin(stamp.begin_ns)},
                 {"dur", static_cast<double>(stamp.end_ns - stamp.begin_ns) / 1e3}};
      if (stamp.knows_cpu())
        event["args"]["on a processor, us"] =
            static_cast<double>(stamp.cpu_end_ns - stamp.cpu_begin_ns) / 1e3;
      if (stamp.ready_ns != 0) event["args"]["could begin at, us"] = since_begin(stamp.ready_ns);
      if (overlap) {
        event["ph"] = "b";
        event["cat"] = "task";
        event["id"] = ++task_under_way;
        event.erase("dur");
        Json end = event;
        end["ph"] = "e";
        end["ts"] = since_begin(stamp.end_ns);
        events.push_back(event);
        events.push_back(std::move(end));
        continue;
      }
      events.push_back(std::move(event));
    }
  }
  return events;
}

Json trace_file(Json events) { return {{"traceEvents", std::move(events)}, {"displayTimeUnit", "ns"}}; }

}  // namespace runoff
