#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

#include "loop.h"
#include "runoff/backend_plugin.h"
#include "shared_loop.h"

/// Boost.Asio coroutines on event loops: one io_context for each worker, each run by one thread. The calling
/// thread runs the first loop, and only in an execution; the threads of the others stay. One source, compiled
/// with Asio on epoll and on io_uring.
class EventLoop final : public runoff::Backend {
 public:
  explicit EventLoop(const runoff::Settings& settings);
  ~EventLoop() override;

  std::uint64_t concurrency(unsigned workers) const override { return workers * in_flight_; }
  runoff::Execution start(const runoff::Independent& loop, runoff::Results results, runoff::Host&) override;
  runoff::Execution start(const runoff::Recursive&, runoff::Results, runoff::Host&) override;

  static runoff::Parameter in_flight();

 private:
  void execute(std::size_t tasks);
  void loop_finished();
  void end();

  std::size_t workers_;
  std::size_t in_flight_;
  SharedLoop shared_;
  std::atomic<std::size_t> busy_{0};  // loops that have not finished
  std::vector<std::unique_ptr<Loop>> loops_;
  std::vector<std::thread> threads_;
};
