#include "cell/measurement.h"

#include <algorithm>
#include <thread>

#include "cell/slots.h"
#include "cell/usage.h"

namespace runoff::cell {

using std::chrono::nanoseconds;

void require_rest(CellHost& host, const std::string& when) {
  const Seen seen = host.look();
  if (seen.tasks > 0 || seen.which != 0) throw Wrong("tasks ran " + when);
}

Measurement::Measurement(CellHost& host, Started& started, Rules rules)
    : host_(host),
      started_(started),
      rules_(rules),
      shape_(host.workload().shape()),
      expected_tasks_(host.workload().tasks()),
      expected_marks_(mark_of(host.workload())),
      pause_(host.workload().pause()),
      turnouts_(rules.workers + 1) {}

/// Does what is no part of the work and is not to count as such.
template <class Work>
void Measurement::beside_the_work(Work work) {
  const Usage before = usage_of_thread();
  work();
  beside_ += used_between(before, usage_of_thread());
}

nanoseconds Measurement::execute(bool warm) {
  if (pause_ > nanoseconds::zero()) std::this_thread::sleep_for(pause_);
  // A recursion's answer is small enough to be wiped each time: a backend that remembers it must still work.
  if (shape_ == Shape::recursive) wipe(host_.results());
  require_rest(host_, "before the clock of an execution was started");
  const auto begin = Clock::now();
  started_.execute();
  const nanoseconds time = Clock::now() - begin;
  if (Stamps* stamps = host_.stamps()) stamps->note_execution(begin, time);

  Seen seen = host_.look();
  const Seen elsewhere = started_.backend().seen_elsewhere();
  if (!rules_.tasks_elsewhere && (elsewhere.tasks > 0 || elsewhere.which != 0 || elsewhere.workers > 0))
    throw Wrong(
        "the backend reports tasks that ran elsewhere, and its module does not say that any do "
        "(shares_memory)");
  seen += elsewhere;
  require_all_tasks(seen);
  if (seen.workers > rules_.workers)
    throw Wrong(std::to_string(seen.workers) + " workers ran tasks in an execution, and " +
                std::to_string(rules_.workers) + " were asked for (Settings::workers)");
  if (shape_ == Shape::recursive && seen.workers == 0) throw Wrong("no worker ran any of the recursion");
  turnouts_[seen.workers] += 1;
  tasks_ = seen.tasks;
  bytes_copied_ = seen.bytes_copied;
  unwatched_ += time;
  // Looking takes microseconds for each worker; this way it takes less than a hundredth of the time.
  if (unwatched_ >= std::chrono::microseconds(500) * rules_.workers) require_standing();

  const std::int64_t before_reading = thread_cpu_ns();
  records_.collect(host_.workload(), host_.results(), warm);
  beside_.cpu_ns += thread_cpu_ns() - before_reading;
  return time;
}

nanoseconds Measurement::execute_checked(bool warm) {
  beside_the_work([&] { wipe(host_.results()); });
  const nanoseconds time = [&] {
    try {
      return execute(warm);
    } catch (const WorkerLost&) {
      if (host_.results().size() > 0) lost_ = missing(host_.results());
      throw;
    }
  }();
  require_standing();
  if (host_.is_any_worker_outside())
    throw Wrong(
        "a worker ran tasks in a process that is no descendant of the one that measures, so what it used is "
        "not counted");
  if (are_children_forgotten())
    throw Wrong(
        "the process that measures ignores SIGCHLD, or its children's end, so what they used is not counted");
  Check check;
  beside_the_work([&] { check = host_.workload().check(host_.results()); });
  if (!check.right) throw Wrong(check.why.empty() ? "its check says no more" : check.why);
  std::string beside;
  beside_the_work([&] { beside = written_beside(host_.results()); });
  if (!beside.empty()) throw Wrong(beside);
  remark_ = check.why;
  lost_ = check.lost;
  return time;
}

void Measurement::execute_watched() {
  host_.watch_order(true);
  execute();
  host_.watch_order(false);
}

Usage Measurement::usage() {
  const Usage elsewhere = started_.backend().used_elsewhere();
  const Usage since = used_between(elsewhere_, elsewhere);
  if (std::min({since.cpu_ns, since.system_ns, since.voluntary_switches, since.involuntary_switches,
                since.minor_faults, since.major_faults}) < 0)
    throw Wrong("used_elsewhere() says less than it said before, and what was used stays used");
  elsewhere_ = elsewhere;
  Usage usage = used_between(beside_, usage_of_tree());
  return usage += elsewhere;
}

void Measurement::look_at_memory() {
  peak_memory_bytes_ =
      std::max(peak_memory_bytes_, memory_of_tree() + started_.backend().used_elsewhere().memory_bytes);
}

void Measurement::require_all_tasks(Seen seen) {
  const std::string all = std::to_string(expected_tasks_);
  if (shape_ != Shape::recursive && seen.tasks != expected_tasks_)
    throw Wrong(std::to_string(seen.tasks) + " tasks ran in an execution of " + all);
  if (seen.which == expected_marks_) return;
  // So much patience only tells two mistakes from each other.
  const auto until = Clock::now() + std::chrono::milliseconds(300);
  while (Clock::now() < until) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    seen += host_.look();
    if (seen.which == expected_marks_)
      throw Wrong("the execution returned when all tasks had begun, and not all had ended");
  }
  throw Wrong(shape_ == Shape::recursive
                  ? "the recursion was not solved from its root, with each subtree once, in this execution"
                  : "some of " + all + " tasks did not run, and others more than once");
}

void Measurement::require_standing() {
  unwatched_ = nanoseconds::zero();
  if (const std::string breach = host_.breach(rules_.cores); !breach.empty())
    throw Wrong(breach + ": a backend leaves that as it was given");
}

}  // namespace runoff::cell
