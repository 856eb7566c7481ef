#pragma once

#include <thread>
#include <utility>
#include <vector>

#include "crew.h"
#include "runoff/scheduling/chunk_loop.h"
#include "runoff/scheduling/start_thread.h"

/// Fresh threads for every execution; the caller only joins them.
class Spawn final : public Crew {
 public:
  Spawn(unsigned workers, Body body) : workers_(workers), body_(std::move(body)) {}

  void execute(std::size_t tasks) override {
    loop_.begin(tasks, workers_);
    std::vector<std::thread> threads;
    threads.reserve(workers_);
    try {
      for (unsigned worker = 0; worker < workers_; ++worker)
        threads.push_back(runoff::start_thread(worker + 1, workers_, [this] { loop_.work(body_); }));
    } catch (...) {
      loop_.fail();
    }
    for (auto& thread : threads) thread.join();
    loop_.end();
  }

 private:
  unsigned workers_;
  Body body_;
  runoff::ChunkLoop loop_;
};
