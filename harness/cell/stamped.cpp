#include <algorithm>

#include "cell/forwarded.h"
#include "cell/stamps.h"
#include "runoff/recursion/worker_observer.h"
#include "runoff/visit_shape.h"

namespace runoff::cell {
namespace {

/// Calls `work` and stamps it, where stamps are on.
template <class Work>
void stamp_around(Stamps& stamps, Stamp::Kind kind, std::size_t step, Range range, const Work& work) {
  if (!stamps.on()) return work();
  const Stamp stamp = stamps.begun();
  work();
  stamps.ended(stamp, kind, step, range.first, range.size());
}

/// What is stamped whatever the shape.
template <class Shaped>
class Stamped : public Shaped {
 public:
  template <class Inner>
  Stamped(Inner& inner, Stamps& stamps) : Shaped(inner), stamps_(stamps) {}
  void finish(Results results) const override {
    stamp_around(stamps_, Stamp::finish, 0, {0, 0}, [&] { this->inner_.finish(results); });
  }

 protected:
  Stamps& stamps_;
};

class StampedIndependent final : public Stamped<ForwardedIndependent> {
 public:
  using Stamped::Stamped;
  void run(Range range, Results results) const override {
    if (!stamps_.on()) return inner_.run(range, results);
    const std::size_t size = std::max<std::size_t>(1, stamps_.piece(range.size()));
    for (std::size_t first = range.first; first < range.last; first += size) {
      const Range piece{first, std::min(first + size, range.last)};
      stamp_around(stamps_, Stamp::tasks, 0, piece, [&] { inner_.run(piece, results); });
    }
  }
  boost::asio::awaitable<void> run_async(std::size_t task, Results results) const override {
    const bool on = stamps_.on();
    const Stamp stamp = on ? stamps_.begun() : Stamp{};
    co_await inner_.asynchronous()->run_async(task, results);
    if (on) stamps_.ended(stamp, Stamp::tasks, 0, task, 1);
  }
  void run_on_fiber(std::size_t task, Results results, FiberWaits& waits) const override {
    const bool on = stamps_.on();
    Stamp stamp = on ? stamps_.begun() : Stamp{};
    stamp.cpu_begin_ns = 0;  // its thread runs others meanwhile
    inner_.fibers()->run_on_fiber(task, results, waits);
    if (on) stamps_.ended(stamp, Stamp::tasks, 0, task, 1);
  }
};

class StampedDependent final : public Stamped<ForwardedDependent> {
 public:
  using Stamped::Stamped;
  void run(std::size_t step, std::size_t point, Results results) const override {
    stamp_around(stamps_, Stamp::task, step, {point, point + 1}, [&] { inner_.run(step, point, results); });
  }
};

class StampedFrontier final : public Frontier {
 public:
  StampedFrontier(std::unique_ptr<Frontier> inner, Stamps& stamps)
      : inner_(std::move(inner)), stamps_(stamps) {}
  std::size_t subtrees() const override { return inner_->subtrees(); }
  void solve(std::size_t subtree, Results slots) override {
    stamp_around(stamps_, Stamp::subtree, 0, {subtree, subtree + 1}, [&] { inner_->solve(subtree, slots); });
  }
  void join(Results slots, Results results) const override {
    stamp_around(stamps_, Stamp::finish, 0, {0, 0}, [&] { inner_->join(slots, results); });
  }

 private:
  std::unique_ptr<Frontier> inner_;
  Stamps& stamps_;
};

/// The nodes of a recursion run too fast to be stamped: of job stacks it shows when a worker had something to
/// do, of a cut recursion its subtrees, of a runtime's own tasks nothing.
class StampedRecursive final : public Stamped<ForwardedRecursive>, private WorkerObserver {
 public:
  StampedRecursive(Recursive& inner, Stamps& stamps) : Stamped(inner, stamps) { inner.observe(this); }
  using ForwardedRecursive::solve;
  void solve(Results results) const override {
    stamp_around(stamps_, Stamp::root, 0, {0, 1}, [&] { inner_.solve(results); });
  }
  std::unique_ptr<Frontier> frontier(FrontierLimits limits) const override {
    return std::make_unique<StampedFrontier>(inner_.frontier(limits), stamps_);
  }

 private:
  void worker_ran() noexcept override {
    if (observer() != nullptr) observer()->worker_ran();
  }
  bool wants_rests() noexcept override { return stamps_.on(); }
  void works() noexcept override { begun_ = stamps_.begun(); }
  void rests() noexcept override { stamps_.ended(begun_, Stamp::job, 0, 0, 1); }

  static thread_local Stamp begun_;
};
thread_local Stamp StampedRecursive::begun_;

std::unique_ptr<Workload> with_stamps(Independent& loop, Stamps& stamps) {
  return std::make_unique<StampedIndependent>(loop, stamps);
}
std::unique_ptr<Workload> with_stamps(Dependent& graph, Stamps& stamps) {
  return std::make_unique<StampedDependent>(graph, stamps);
}
std::unique_ptr<Workload> with_stamps(Recursive& recursion, Stamps& stamps) {
  return std::make_unique<StampedRecursive>(recursion, stamps);
}

}  // namespace

std::unique_ptr<Workload> stamped(Workload& workload, Stamps& stamps) {
  return visit_shape(workload, [&](auto& shaped) { return with_stamps(shaped, stamps); });
}

}  // namespace runoff::cell
