#include "cell/forwarded.h"
#include "cell/order.h"
#include "cell/slots.h"
#include "cell/witness.h"
#include "runoff/recursion/worker_observer.h"
#include "runoff/visit_shape.h"

namespace runoff::cell {
namespace {

/// Apart, so that a chunk does not pay for the text.
[[noreturn, gnu::cold, gnu::noinline]] void refuse_stride(std::size_t given, std::size_t stride) {
  throw WrongInput("a task was to write into slots that lie " + std::to_string(given) +
                   " bytes apart, and those of this workload lie " + std::to_string(stride));
}

/// Slots may lie elsewhere, as in a process of its own, but not one over the other.
void require_stride(const Results& results, std::size_t stride) {
  if (results.stride() != stride) [[unlikely]]
    refuse_stride(results.stride(), stride);
}

class WitnessedIndependent final : public ForwardedIndependent {
 public:
  WitnessedIndependent(Independent& inner, Witness& witness)
      : ForwardedIndependent(inner), witness_(witness), stride_(slot_stride(inner.result())) {}
  void finish(Results results) const override {
    if (witness_.pass() == Witness::Pass::run) inner_.finish(results);
  }
  void run(Range range, Results results) const override {
    require_stride(results, stride_);
    witness_.begun(range.size());
    if (witness_.pass() == Witness::Pass::run) [[likely]]
      inner_.run(range, results);
    else
      prepare(range, results);
    witness_.ended(mark_of(range));
  }
  boost::asio::awaitable<void> run_async(std::size_t task, Results results) const override {
    require_stride(results, stride_);
    witness_.begun(1);
    if (witness_.pass() == Witness::Pass::run)
      co_await inner_.asynchronous()->run_async(task, results);
    else
      prepare({task, task + 1}, results);
    witness_.ended(mark_of(Range{task, task + 1}));
  }
  void run_on_fiber(std::size_t task, Results results, FiberWaits& waits) const override {
    require_stride(results, stride_);
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
  const std::size_t stride_;
};

class WitnessedDependent final : public ForwardedDependent {
 public:
  WitnessedDependent(Dependent& inner, Witness& witness)
      : ForwardedDependent(inner),
        witness_(witness),
        order_(witness.memory(), inner),
        stride_(slot_stride(inner.result())) {}
  void run(std::size_t step, std::size_t point, Results results) const override {
    require_stride(results, stride_);
    witness_.begun(1);
    const bool watched = witness_.pass() == Witness::Pass::watch;
    if (watched) [[unlikely]]
      order_.require_inputs(step, point, witness_.watched());
    inner_.run(step, point, results);
    if (watched) [[unlikely]]
      order_.note_end(step, point, witness_.watched());
    witness_.ended(mark_of(step, point));
  }

 private:
  Witness& witness_;
  const Order order_;
  const std::size_t stride_;
};

/// Of a subtree of a frontier that has so many. Those of another frontier do not add up with it.
std::uint64_t mark_of_subtree(Range subtree, std::size_t subtrees) {
  return mark_of(subtree) * (2 * std::uint64_t{subtrees} + 1);
}

/// As each subtree was solved once, what is left of all marks is that of the root.
void all_joined(Witness& witness, std::uint64_t marks_of_subtrees) {
  witness.begun(0);
  witness.ended(mark_of_root - marks_of_subtrees);
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
    witness_.ended(mark_of_subtree({subtree, subtree + 1}, subtrees()));
  }
  void join(Results slots, Results results) const override {
    inner_->join(slots, results);
    all_joined(witness_, mark_of_subtree({0, subtrees()}, subtrees()));
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
    all_joined(witness_, mark_of(Range{0, answer.task}));
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
