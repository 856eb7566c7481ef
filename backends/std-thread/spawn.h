#pragma once

#include <thread>
#include <utility>
#include <vector>

#include "crew.h"
#include "runoff/scheduling/chunks.h"
#include "runoff/scheduling/start_thread.h"
#include "runoff/scheduling/thread_failure.h"

/// Fresh threads for every execution; the caller only joins them.
class Spawn final : public Crew {
 public:
  Spawn(unsigned workers, Body body) : workers_(workers), body_(std::move(body)) {}

  void execute(std::size_t tasks) override {
    chunks_.reset();
    std::vector<std::thread> threads;
    threads.reserve(workers_);
    try {
      for (unsigned worker = 0; worker < workers_; ++worker)
        threads.push_back(runoff::start_thread(worker + 1, workers_, [this, tasks] { work(tasks); }));
    } catch (...) {
      failure_.keep();
      chunks_.stop(tasks);
    }
    for (auto& thread : threads) thread.join();
    failure_.rethrow();
  }

 private:
  void work(std::size_t tasks) noexcept {
    try {
      for (runoff::Range chunk; !(chunk = chunks_.take(tasks, workers_)).empty();) body_(chunk);
    } catch (...) {
      failure_.keep();
      chunks_.stop(tasks);
    }
  }

  unsigned workers_;
  Body body_;
  runoff::ChunkCounter chunks_;
  runoff::ThreadFailure failure_;
};
