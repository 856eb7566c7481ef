#include "event_loop.h"

#include <algorithm>

#include "runoff/scheduling/start_thread.h"

using namespace runoff;

Parameter EventLoop::in_flight() {
  return Parameter::count("in-flight", 1'000, 1, 1'000'000, "tasks that one loop has under way at once")
      .sets_concurrency();
}

EventLoop::EventLoop(const Settings& settings)
    : workers_(settings.workers), in_flight_(static_cast<std::size_t>(settings.variant.count("in-flight"))) {}

EventLoop::~EventLoop() { end(); }

Execution EventLoop::start(const Independent& loop, Results results, Host&) {
  shared_.workload = loop.asynchronous();
  shared_.results = results;
  if (shared_.workload == nullptr)
    throw Unsupported("this workload has no asynchronous form, and an event loop must not block");
  while (loops_.size() < workers_)
    loops_.push_back(std::make_unique<Loop>(shared_, [this] { loop_finished(); }));
  try {
    for (std::size_t i = threads_.size() + 1; i < workers_; ++i)
      threads_.push_back(start_thread(i + 1, workers_, [loop = loops_[i].get()] { loop->run(); }));
  } catch (...) {
    end();
    throw;
  }
  return [this, &loop] { execute(loop.tasks()); };
}

Execution EventLoop::start(const Recursive&, Results, Host&) {
  throw Unsupported("recursion is work for processors, and an event loop is for tasks that wait");
}

void EventLoop::execute(std::size_t tasks) {
  shared_.tasks = tasks;
  if (tasks == 0) return;
  shared_.reset();
  busy_.store(std::min(tasks, loops_.size()), std::memory_order_relaxed);  // posting publishes it
  // An equal share for each loop to begin with: the first would take all of a few tasks before the others
  // are awake. From there on, each takes tasks as it comes to them.
  for (std::size_t loop = std::min(tasks, loops_.size()); loop-- > 0;) {
    const std::size_t share = tasks / loops_.size() + (loop < tasks % loops_.size());
    loops_[loop]->begin(std::min(share, in_flight_));
  }
  loops_.front()->run();
  shared_.failure.rethrow();
}

/// On each loop's thread.
void EventLoop::loop_finished() {
  // Release: the caller sees the results of this loop. Acquire: and, by way of the last, of all others.
  if (busy_.fetch_sub(1, std::memory_order_acq_rel) == 1) loops_.front()->stop();
}

void EventLoop::end() {
  for (std::size_t i = 0; i < threads_.size(); ++i) loops_[i + 1]->stop();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}
