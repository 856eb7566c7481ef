#include <algorithm>
#include <boost/fiber/algo/work_stealing.hpp>
#include <boost/fiber/condition_variable.hpp>
#include <boost/fiber/fiber.hpp>
#include <boost/fiber/fixedsize_stack.hpp>
#include <boost/fiber/mutex.hpp>
#include <boost/fiber/operations.hpp>
#include <boost/version.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "runoff/backend_plugin.h"
#include "runoff/fiber_form.h"
#include "runoff/graph_steps.h"
#include "runoff/scheduling/chunk_loop.h"
#include "runoff/scheduling/start_thread.h"
#include "runoff/task_groups.h"

namespace {

namespace fibers = boost::fibers;
using namespace runoff;

/// A node of a recursion may be thousands deep; only what is used of a stack is ever in memory.
fibers::fixedsize_stack stacks() { return fibers::fixedsize_stack(std::size_t{256} * 1024); }

template <class Function>
fibers::fiber launch(Function function) {
  return fibers::fiber(fibers::launch::post, std::allocator_arg, stacks(), std::move(function));
}

/// A fiber for each job; one that waits for others leaves its thread to them.
class Fibers final : public TaskGroups {
 public:
  void fork(Jobs& jobs, std::size_t count) override {
    std::vector<fibers::fiber> others;
    others.reserve(count - 1);
    for (std::size_t job = 1; job < count; ++job) others.push_back(launch([&jobs, job] { jobs(job); }));
    jobs(0);
    for (fibers::fiber& other : others) other.join();
  }
};

/// What tasks that wait for each other wait with.
class Waits final : public FiberWaits {
 public:
  void give_way() override { boost::this_fiber::yield(); }
  bool wait(const Atomic<std::uint32_t>& word, std::uint32_t expected,
            std::chrono::nanoseconds limit) override {
    std::unique_lock guard(mutex_);
    return changed_.wait_for(guard, limit, [&] { return word.load(std::memory_order_acquire) != expected; });
  }
  void wake() override {
    { const std::lock_guard guard(mutex_); }  // one that has looked at its word waits by now
    changed_.notify_all();
  }

 private:
  fibers::mutex mutex_;
  fibers::condition_variable changed_;
};

/// Threads that run fibers, and steal ready ones from each other; the calling thread is one of them.
class BoostFiber final : public Backend {
 public:
  explicit BoostFiber(const Settings& settings)
      : workers_(settings.workers), for_tasks_(settings.variant.text("fiber") == "task") {}

  ~BoostFiber() override { end(); }

  Execution start(const Independent& loop, Results results, Host&) override {
    make_threads();
    if (const FiberForm* form = loop.fibers())
      return [this, form, tasks = loop.tasks(), results] {
        for_each(tasks, [&](Range some) {
          for (std::size_t task = some.first; task < some.last; ++task)
            form->run_on_fiber(task, results, waits_);
        });
      };
    return [this, &loop, results] { for_each(loop.tasks(), [&](Range tasks) { loop.run(tasks, results); }); };
  }

  Execution start(const Dependent& graph, Results results, Host&) override {
    make_threads();
    return [this, &graph, results] {
      run_in_steps(graph, results, [&](std::size_t points, const auto& body) { for_each(points, body); });
    };
  }

  Execution start(const Recursive& recursion, Results results, Host&) override {
    make_threads();
    return [&recursion, results] {
      Fibers groups;
      recursion.solve(groups, results);
    };
  }

 private:
  /// The algorithm's constructor waits until as many threads have called it: first all of them must be there.
  /// One thread alone, whose fibers all wait, would look for another to steal from for ever.
  void make_threads() {
    if (workers_ == 1) return;
    while (threads_.size() + 1 < workers_)
      threads_.push_back(start_thread(threads_.size() + 2, workers_, [this] { serve(); }));
    tell(State::working);
    fibers::use_scheduling_algorithm<fibers::algo::work_stealing>(workers_);
  }

  void serve() {
    {
      std::unique_lock guard(mutex_);
      begun_.wait(guard, [this] { return state_ != State::waiting; });
      if (state_ == State::ended) return;
    }
    fibers::use_scheduling_algorithm<fibers::algo::work_stealing>(workers_);
    std::unique_lock guard(mutex_);
    ended_.wait(guard, [this] { return state_ == State::ended; });
  }

  void end() {
    tell(State::ended);
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

  enum class State { waiting, working, ended };
  void tell(State state) {
    {
      const std::lock_guard guard(mutex_);
      state_ = state;
    }
    begun_.notify_all();
    ended_.notify_all();
  }

  template <class Body>
  void for_each(std::size_t tasks, const Body& body) {
    std::vector<fibers::fiber> some;
    if (!for_tasks_) {
      loop_.begin(tasks, workers_);
      for (std::size_t fiber = 0; fiber < std::min(tasks, workers_); ++fiber)
        some.push_back(launch([&] { loop_.work(body); }));
      join(some);
      loop_.end();
      return;
    }
    ThreadFailure failure;
    // Not all at once: each has a stack.
    const std::size_t most = std::max<std::size_t>(1024, workers_);
    for (std::size_t first = 0; first < tasks; first += most) {
      for (std::size_t task = first; task < std::min(first + most, tasks); ++task)
        some.push_back(launch([&, task] { failure.guard([&] { body(Range{task, task + 1}); }); }));
      join(some);
    }
    failure.rethrow();
  }

  static void join(std::vector<fibers::fiber>& all) {
    for (fibers::fiber& one : all) one.join();
    all.clear();
  }

  std::size_t workers_;
  bool for_tasks_;
  ChunkLoop loop_;
  Waits waits_;
  std::mutex mutex_;
  State state_ = State::waiting;
  std::condition_variable begun_;
  fibers::condition_variable_any ended_;  // whoever waits for it runs fibers meanwhile
  std::vector<std::thread> threads_;
};

}  // namespace

RUNOFF_BACKEND(
    BoostFiber,
    {
        .name = "boost-fiber",
        .summary = "Boost.Fiber: fibers that threads steal from each other",
        .source = "Boost.Fiber, Migrating fibers between threads (work_stealing), skynet: "
                  "https://www.boost.org/doc/libs/1_81_0/libs/fiber/doc/html/fiber/migration.html",
        .runtime = "Boost.Fiber " BOOST_LIB_VERSION,
        .options = {Parameter::choice("fiber", {"worker", "task"},
                                      "a fiber for each worker, which takes chunks until none is left, "
                                      "or one for each task")},
        .only_by_name = true,
        .origins = {{.text = "Boost: libboost-fiber1.81-dev"}},
    })
