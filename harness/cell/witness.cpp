#include "cell/witness.h"

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include "runoff/asynchronous.h"
#include "runoff/memory.h"
#include "runoff/python_form.h"
#include "runoff/recursion/frontier.h"
#include "runoff/recursion/job_stacks.h"
#include "runoff/recursion/worker_observer.h"
#include "runoff/task_groups.h"
#include "runoff/task_record.h"
#include "runoff/visit_shape.h"

namespace runoff::cell {

thread_local Witness::Seat Witness::seat;

Witness::Witness(Memory& memory, unsigned workers, std::vector<int> cores)
    : memory_(memory),
      header_(memory.object<Header>()),
      counters_(memory.array<Counter>(std::size_t{4096} + 8 * std::size_t{workers})),
      workers_(workers),
      cores_(std::move(cores)) {
  if (!memory.attached()) header_.generation.store(1, std::memory_order_relaxed);
  // A forked worker is another worker than its parent, but inherits the parent's seat.
  ::pthread_atfork(nullptr, nullptr, [] { seat = {}; });
}

void Witness::take_seat() {
  const std::uint32_t index = header_.seats.fetch_add(1, std::memory_order_relaxed);
  if (index >= counters_.size())
    throw std::length_error("one execution used more than " + std::to_string(counters_.size()) + " workers");
  seat = {header_.generation.load(std::memory_order_relaxed), &counters_[index]};
  if (cores_.empty()) return;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(static_cast<std::size_t>(cores_[index % workers_ % cores_.size()]), &set);
  ::sched_setaffinity(0, sizeof(set), &set);
}

std::vector<int> Witness::cores() const {
  std::vector<int> of_workers;
  for (unsigned worker = 0; worker < workers_ && !cores_.empty(); ++worker)
    of_workers.push_back(cores_[worker % cores_.size()]);
  return of_workers;
}

void Witness::map_memory() {
  if (!mapped_.test_and_set(std::memory_order_relaxed)) Memory::populate(memory_.claimed());
}

Seen Witness::look() {
  Seen seen = elsewhere_.look(workers_);
  const std::size_t seats =
      std::min<std::size_t>(header_.seats.load(std::memory_order_relaxed), counters_.size());
  for (Counter& counter : counters_.first(seats)) {
    const std::uint64_t tasks = counter.tasks.load(std::memory_order_relaxed);
    const std::uint64_t marks = counter.marks.load(std::memory_order_relaxed);
    if (tasks == counter.tasks_seen) continue;
    seen.tasks += tasks - counter.tasks_seen;
    seen.which += marks - counter.marks_seen;
    seen.workers += 1;
    counter.tasks_seen = tasks;
    counter.marks_seen = marks;
  }
  if (seats > counters_.size() / 2) {
    for (Counter& counter : counters_.first(seats)) {
      counter.tasks.store(0, std::memory_order_relaxed);
      counter.marks.store(0, std::memory_order_relaxed);
      counter.tasks_seen = counter.marks_seen = 0;
    }
    header_.seats.store(0, std::memory_order_relaxed);
    header_.generation.fetch_add(1, std::memory_order_relaxed);
  }
  return seen;
}

namespace {

/// Forwards everything: what it left out, backends and the harness would see as the default of the base
/// class.
template <class Base>
class Witnessed : public Base {
 public:
  Witnessed(Base& inner, Witness& witness) : inner_(inner), witness_(witness) {}
  void layout(Memory& memory) override { inner_.layout(memory); }
  void fill(const Memory& memory) override { inner_.fill(memory); }
  std::size_t tasks() const override { return inner_.tasks(); }
  std::size_t slots() const override { return inner_.slots(); }
  ResultLayout result() const override { return inner_.result(); }
  void finish(Results results) const override {
    if (witness_.pass() == Witness::Pass::run) inner_.finish(results);
  }
  std::uint64_t bytes() const override { return inner_.bytes(); }
  const TaskRecord* record(Results results, std::size_t slot) const override {
    return inner_.record(results, slot);
  }
  std::chrono::nanoseconds pause() const override { return inner_.pause(); }
  bool writes_memory() const override { return inner_.writes_memory(); }
  std::vector<Price> prices() const override { return inner_.prices(); }
  Check check(Results results) const override { return inner_.check(results); }

 protected:
  Base& inner_;
  Witness& witness_;
};

class WitnessedIndependent final : public Witnessed<Independent>, public Asynchronous, public PythonForm {
 public:
  using Witnessed::Witnessed;
  void run(Range range, Results results) const override {
    witness_.note(range);
    if (witness_.pass() == Witness::Pass::run) [[likely]]
      inner_.run(range, results);
    else
      prepare(range, results);
  }
  bool filled_by_workers() const override { return inner_.filled_by_workers(); }
  void fill_part(Range range, Results results) const override { inner_.fill_part(range, results); }
  const Asynchronous* asynchronous() const override { return inner_.asynchronous() ? this : nullptr; }
  boost::asio::awaitable<void> run_async(std::size_t task, Results results) const override {
    witness_.note(Range{task, task + 1});
    return witness_.pass() == Witness::Pass::run ? inner_.asynchronous()->run_async(task, results)
                                                 : prepare_async(task, results);
  }
  void observe_waits(WaitObserver* observer) const override { inner_.observe_waits(observer); }
  const PythonForm* python() const override { return inner_.python() ? this : nullptr; }
  std::string python_file() const override { return inner_.python()->python_file(); }
  std::span<const std::byte> python_input(std::size_t task) const override {
    return inner_.python()->python_input(task);
  }
  bool python_pickles() const override { return inner_.python()->python_pickles(); }
  void take_python(const PythonAnswer& answer, Results results) const override {
    witness_.note_elsewhere(answer.task, answer.thread);
    inner_.python()->take_python(answer, results);
  }
  void take_left(std::span<const std::byte> value) const override { inner_.python()->take_left(value); }

 private:
  void prepare(Range range, Results results) const {
    if (witness_.pass() == Witness::Pass::fill)
      inner_.fill_part(range, results);
    else
      witness_.map_memory();
  }
  boost::asio::awaitable<void> prepare_async(std::size_t task, Results results) const {
    prepare({task, task + 1}, results);
    co_return;
  }
};

class WitnessedDependent final : public Witnessed<Dependent> {
 public:
  using Witnessed::Witnessed;
  std::size_t steps() const override { return inner_.steps(); }
  std::size_t width(std::size_t step) const override { return inner_.width(step); }
  std::size_t slot(std::size_t step, std::size_t point) const override { return inner_.slot(step, point); }
  std::span<const Interval> dependencies(std::size_t step, std::size_t point) const override {
    return inner_.dependencies(step, point);
  }
  std::span<const Interval> dependents(std::size_t step, std::size_t point) const override {
    return inner_.dependents(step, point);
  }
  void run(std::size_t step, std::size_t point, Results results) const override {
    witness_.note(1);
    inner_.run(step, point, results);
  }
};

/// Tasks run too fast to be counted: the workload itself tells which workers ran any.
class WitnessedRecursive final : public Witnessed<Recursive>, private WorkerObserver {
 public:
  WitnessedRecursive(Recursive& inner, Witness& witness) : Witnessed(inner, witness) { inner.observe(this); }
  void solve(Results results) const override { inner_.solve(results); }
  void solve(TaskGroups& groups, Results results) const override { inner_.solve(groups, results); }
  JobLayout job() const override { return inner_.job(); }
  void work(JobStacks& stacks, unsigned worker, Results results) const override {
    inner_.work(stacks, worker, results);
  }
  std::unique_ptr<Frontier> frontier(FrontierLimits limits) const override { return inner_.frontier(limits); }

 private:
  void worker_ran() noexcept override { witness_.note(1); }
};

std::unique_ptr<Workload> wrapped(Independent& loop, Witness& witness) {
  return std::make_unique<WitnessedIndependent>(loop, witness);
}
std::unique_ptr<Workload> wrapped(Dependent& graph, Witness& witness) {
  return std::make_unique<WitnessedDependent>(graph, witness);
}
std::unique_ptr<Workload> wrapped(Recursive& recursion, Witness& witness) {
  return std::make_unique<WitnessedRecursive>(recursion, witness);
}

}  // namespace

std::unique_ptr<Workload> witnessed(Workload& workload, Witness& witness) {
  return visit_shape(workload, [&](auto& shaped) { return wrapped(shaped, witness); });
}

}  // namespace runoff::cell
