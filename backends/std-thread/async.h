#pragma once

#include <future>
#include <system_error>
#include <utility>
#include <vector>

#include "crew.h"
#include "runoff/scheduling/chunk_loop.h"
#include "runoff/scheduling/start_thread.h"

/// std::async(std::launch::async) for each worker of every execution.
class Async final : public Crew {
 public:
  Async(unsigned workers, Body body) : workers_(workers), body_(std::move(body)) {}

  void execute(std::size_t tasks) override {
    loop_.begin(tasks, workers_);
    std::vector<std::future<void>> futures;
    futures.reserve(workers_);
    try {
      for (unsigned worker = 0; worker < workers_; ++worker) futures.push_back(start(worker + 1));
    } catch (...) {
      loop_.fail();
    }
    for (auto& future : futures) future.get();
    loop_.end();
  }

 private:
  std::future<void> start(unsigned worker) {
    try {
      return std::async(std::launch::async, [this] { loop_.work(body_); });
    } catch (const std::system_error& error) {
      throw runoff::cannot_start_worker(worker, workers_, error.code());
    }
  }

  unsigned workers_;
  Body body_;
  runoff::ChunkLoop loop_;
};
