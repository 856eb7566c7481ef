#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <queue>
#include <thread>
#include <utility>
#include <vector>

#include "crew.h"
#include "runoff/scheduling/range.h"
#include "runoff/scheduling/start_thread.h"

/// The pool of threads that textbooks show: one queue of functions behind a mutex and a condition variable,
/// and a future for each task (A. Williams, C++ Concurrency in Action, 9.1).
class Queue final : public Crew {
 public:
  Queue(unsigned workers, Body body) : body_(std::move(body)) {
    threads_.reserve(workers);
    try {
      while (threads_.size() < workers)
        threads_.push_back(runoff::start_thread(threads_.size() + 1, workers, [this] { serve(); }));
    } catch (...) {
      end();
      throw;
    }
  }
  ~Queue() override { end(); }

  void execute(std::size_t tasks) override {
    std::vector<std::future<void>> results;
    results.reserve(tasks);
    for (std::size_t task = 0; task < tasks; ++task)
      results.push_back(submit([this, task] { body_({task, task + 1}); }));
    // All are waited for, whatever one of them throws: the others still use what the caller owns.
    std::exception_ptr failure;
    for (auto& result : results) {
      try {
        result.get();
      } catch (...) {
        if (!failure) failure = std::current_exception();
      }
    }
    if (failure) std::rethrow_exception(failure);
  }

 private:
  template <class Function>
  std::future<void> submit(Function function) {
    // A std::function can be copied, and a packaged task cannot: so textbooks share it.
    const auto task = std::make_shared<std::packaged_task<void()>>(std::move(function));
    {
      const std::lock_guard guard(mutex_);
      functions_.emplace([task] { (*task)(); });
    }
    changed_.notify_one();
    return task->get_future();
  }

  void serve() {
    for (;;) {
      std::function<void()> function;
      {
        std::unique_lock guard(mutex_);
        changed_.wait(guard, [this] { return ended_ || !functions_.empty(); });
        if (functions_.empty()) return;
        function = std::move(functions_.front());
        functions_.pop();
      }
      function();
    }
  }

  void end() {
    {
      const std::lock_guard guard(mutex_);
      ended_ = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_) thread.join();
  }

  Body body_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::queue<std::function<void()>> functions_;  // guarded by the mutex, as is `ended_`
  bool ended_ = false;
  std::vector<std::thread> threads_;
};
