#pragma once

#include <thread>
#include <utility>
#include <vector>

#include "crew.h"
#include "runoff/scheduling/start_thread.h"
#include "runoff/scheduling/team.h"
#include "runoff/scheduling/thread_failure.h"

/// Threads that stay, led by the one that calls.
class Pool final : public Crew {
 public:
  Pool(unsigned workers, Body body) : body_(std::move(body)), team_(block_, workers, runoff::Scope::threads) {
    threads_.reserve(workers - 1);
    try {
      for (unsigned worker = 1; worker < workers; ++worker)
        threads_.push_back(
            runoff::start_thread(worker + 1, workers, [this] { team_.serve(body_, failure_); }));
    } catch (...) {
      end();
      throw;
    }
  }
  ~Pool() override { end(); }

  void execute(std::size_t tasks) override { team_.lead(tasks, body_, failure_); }

 private:
  void end() {
    team_.end();
    for (auto& thread : threads_) thread.join();
  }

  Body body_;
  runoff::TeamBlock block_{};
  runoff::ThreadFailure failure_;
  runoff::Team team_;
  std::vector<std::thread> threads_;
};
