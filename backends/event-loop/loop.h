#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <functional>
#include <utility>

#include "shared_loop.h"

/// One event loop: an io_context that a single thread runs, so that no coroutine ever changes its thread.
class Loop {
 public:
  /// `finished` is called on the loop's thread when the coroutines of an execution have ended.
  Loop(SharedLoop& shared, std::function<void()> finished)
      : shared_(shared), finished_(std::move(finished)) {}

  /// Has the loop run `coroutines` coroutines, each of which takes tasks until none is left. From any thread,
  /// once an execution.
  void begin(std::size_t coroutines);

  /// Runs the loop until `stop`. While there is nothing to do, the thread sleeps in the kernel.
  void run();
  /// Ends `run`, or the next one if none goes on. From any thread.
  void stop() { context_.stop(); }

 private:
  void spawn(std::size_t coroutines);
  boost::asio::awaitable<void> work();
  void leave();

  SharedLoop& shared_;
  std::function<void()> finished_;
  std::size_t left_ = 0;  // coroutines that have not ended; only the loop's thread counts them
  // 1: the context is run by one thread only. Others may still post to it.
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_{context_.get_executor()};
};
