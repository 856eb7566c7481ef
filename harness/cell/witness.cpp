#include "cell/witness.h"

#include <pthread.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string>

#include "cell/forwarded.h"
#include "runoff/memory.h"
#include "runoff/recursion/worker_observer.h"
#include "runoff/visit_shape.h"

namespace runoff::cell {

thread_local Witness::Seat Witness::seat;

Witness::Witness(Memory& memory, unsigned workers, std::vector<int> cores)
    : memory_(memory),
      header_(memory.object<Header>()),
      counters_(memory.array<Counter>(std::size_t{4096} + 8 * std::size_t{workers})),
      workers_(workers),
      cores_(std::move(cores)),
      places_(!cores_.empty()),
      given_(Standing::of(0)) {
  // Of another generation than any seat that this process took with an earlier witness.
  static std::atomic<std::uint32_t> next_generation{1};
  if (!memory.attached())
    header_.generation.store(next_generation.fetch_add(1u << 16, std::memory_order_relaxed),
                             std::memory_order_relaxed);
  // A forked worker is another worker than its parent, but inherits the parent's seat.
  ::pthread_atfork(nullptr, nullptr, [] { seat = {}; });
}

void Witness::take_seat() {
  const std::uint32_t index = header_.seats.fetch_add(1, std::memory_order_relaxed);
  if (index >= counters_.size())
    throw std::length_error("one execution used more than " + std::to_string(counters_.size()) + " workers");
  seat = {header_.generation.load(std::memory_order_relaxed), &counters_[index]};
  seat.counter->thread = ::gettid();
  // Not each: it would show in backends that make new threads for every execution.
  if (index % 16 == 0) look_at_newcomer();
  if (!places_) return;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(static_cast<std::size_t>(core_of(index)), &set);
  ::sched_setaffinity(0, sizeof(set), &set);
}

void Witness::look_at_newcomer() {
  auto now = Standing::of(0);
  if (!now || !given_) return;
  // Its cores may be those of a thread that was placed, and made it.
  if (places_) now->cores = given_->cores;
  if (difference(*now, *given_).empty()) return;
  header_.newcomer = *now;
  header_.came_otherwise.store(true, std::memory_order_release);
}

std::string Witness::breach(bool cores) {
  if (!given_) return {};
  const auto told = [&](Standing now, const Standing& should) {
    if (!cores) now.cores = should.cores;
    const std::string text = difference(now, should);
    return text.empty() ? text : "a worker " + text;
  };
  if (header_.came_otherwise.exchange(false, std::memory_order_acquire))
    if (const std::string text = told(header_.newcomer, *given_); !text.empty()) return text;
  const std::size_t seats =
      std::min<std::size_t>(header_.seats.load(std::memory_order_relaxed), counters_.size());
  for (std::size_t number = 0; number < seats; ++number) {
    if (!counters_[number].active) continue;
    const auto now = Standing::of(counters_[number].thread);
    if (!now) continue;  // a thread that was made for one execution
    Standing should = *given_;
    if (places_) {
      CPU_ZERO(&should.cores);
      CPU_SET(static_cast<std::size_t>(core_of(number)), &should.cores);
    }
    if (const std::string text = told(*now, should); !text.empty()) return text;
  }
  return {};
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
    counter.active = tasks != counter.tasks_seen;
    if (!counter.active && marks == counter.marks_seen) continue;
    seen.tasks += tasks - counter.tasks_seen;
    seen.which += marks - counter.marks_seen;
    seen.workers += counter.active ? 1 : 0;
    counter.tasks_seen = tasks;
    counter.marks_seen = marks;
  }
  if (seats > most_seats_left()) {
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

bool Witness::is_any_outside(std::span<const pid_t> threads) {
  const std::set<pid_t> inside(threads.begin(), threads.end());
  const std::size_t seats =
      std::min<std::size_t>(header_.seats.load(std::memory_order_relaxed), counters_.size());
  const auto active = counters_.first(seats);
  return std::any_of(active.begin(), active.end(), [&inside](const Counter& counter) {
    return counter.active && !inside.contains(counter.thread) && Standing::of(counter.thread);
  });
}

std::uint64_t mark_of(const Workload& workload) {
  return visit_shape(workload, []<class Shaped>(const Shaped& shaped) -> std::uint64_t {
    if constexpr (std::is_same_v<Shaped, Dependent>) {
      std::uint64_t sum = 0;
      for (std::size_t step = 0; step < shaped.steps(); ++step)
        for (std::size_t point = 0; point < shaped.width(step); ++point) sum += mark_of(step, point);
      return sum;
    } else {
      return Shaped::static_shape == Shape::recursive ? mark_of_root : mark_of(Range{0, shaped.tasks()});
    }
  });
}

namespace {

class WitnessedIndependent final : public ForwardedIndependent {
 public:
  WitnessedIndependent(Independent& inner, Witness& witness)
      : ForwardedIndependent(inner), witness_(witness) {}
  void finish(Results results) const override {
    if (witness_.pass() == Witness::Pass::run) inner_.finish(results);
  }
  void run(Range range, Results results) const override {
    witness_.begun(range.size());
    if (witness_.pass() == Witness::Pass::run) [[likely]]
      inner_.run(range, results);
    else
      prepare(range, results);
    witness_.ended(mark_of(range));
  }
  boost::asio::awaitable<void> run_async(std::size_t task, Results results) const override {
    witness_.begun(1);
    if (witness_.pass() == Witness::Pass::run)
      co_await inner_.asynchronous()->run_async(task, results);
    else
      prepare({task, task + 1}, results);
    witness_.ended(mark_of(Range{task, task + 1}));
  }
  void run_on_fiber(std::size_t task, Results results, FiberWaits& waits) const override {
    begun_here();
    if (witness_.pass() == Witness::Pass::run)
      inner_.fibers()->run_on_fiber(task, results, waits);
    else
      prepare({task, task + 1}, results);
    ended_here(mark_of(Range{task, task + 1}));
  }
  void take_python(const PythonAnswer& answer, Results results) const override {
    witness_.note_elsewhere(answer.task, answer.thread);
    inner_.python()->take_python(answer, results);
  }

 private:
  // A fiber may end on another thread than it began on, one that has begun no task. Not inlined: the compiler
  // takes it that a function stays on its thread, and so looks for that thread's seat only once.
  [[gnu::noinline]] void begun_here() const { witness_.begun(1); }
  [[gnu::noinline]] void ended_here(std::uint64_t mark) const {
    witness_.begun(0);
    witness_.ended(mark);
  }

  void prepare(Range range, Results results) const {
    if (witness_.pass() == Witness::Pass::fill)
      inner_.fill_part(range, results);
    else
      witness_.map_memory();
  }

  Witness& witness_;
};

class WitnessedDependent final : public ForwardedDependent {
 public:
  WitnessedDependent(Dependent& inner, Witness& witness) : ForwardedDependent(inner), witness_(witness) {}
  void run(std::size_t step, std::size_t point, Results results) const override {
    witness_.begun(1);
    inner_.run(step, point, results);
    witness_.ended(mark_of(step, point));
  }

 private:
  Witness& witness_;
};

/// As each subtree was solved once, what is left of all marks is that of the root.
void all_joined(Witness& witness, std::size_t subtrees) {
  witness.begun(0);
  witness.ended(mark_of_root - mark_of(Range{0, subtrees}));
}

/// The root counts as one task, whichever way it is solved: here, when all subtrees were solved and joined.
class WitnessedFrontier final : public Frontier {
 public:
  WitnessedFrontier(std::unique_ptr<Frontier> inner, Witness& witness)
      : inner_(std::move(inner)), witness_(witness) {}
  std::size_t subtrees() const override { return inner_->subtrees(); }
  void solve(std::size_t subtree, Results slots) override {
    inner_->solve(subtree, slots);
    witness_.begun(0);
    witness_.ended(mark_of(Range{subtree, subtree + 1}));
  }
  void join(Results slots, Results results) const override {
    inner_->join(slots, results);
    all_joined(witness_, subtrees());
  }

 private:
  std::unique_ptr<Frontier> inner_;
  Witness& witness_;
};

/// Nodes run too fast to be counted: the workload itself tells which workers ran any.
class WitnessedRecursive final : public ForwardedRecursive, private WorkerObserver {
 public:
  WitnessedRecursive(Recursive& inner, Witness& witness) : ForwardedRecursive(inner), witness_(witness) {
    inner.observe(this);
  }
  void solve(Results results) const override {
    inner_.solve(results);
    root_solved();
  }
  void solve(TaskGroups& groups, Results results) const override {
    inner_.solve(groups, results);
    root_solved();
  }
  void work(JobStacks& stacks, unsigned worker, Results results) const override {
    inner_.work(stacks, worker, results);
    if (worker == 0) root_solved();
  }
  std::unique_ptr<Frontier> frontier(FrontierLimits limits) const override {
    return std::make_unique<WitnessedFrontier>(inner_.frontier(limits), witness_);
  }
  void note_subtree(std::size_t subtree, std::int64_t thread) const override {
    witness_.note_elsewhere(subtree, thread);
    inner_.python()->note_subtree(subtree, thread);
  }
  void take_python(const PythonAnswer& answer, Results results) const override {
    inner_.python()->take_python(answer, results);
    all_joined(witness_, answer.task);
  }

 private:
  void worker_ran() noexcept override { witness_.begun(1); }
  void root_solved() const {
    witness_.begun(0);
    witness_.ended(mark_of_root);
  }

  Witness& witness_;
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
