#pragma once

#include <exception>
#include <future>
#include <system_error>
#include <utility>
#include <vector>

#include "crew.h"
#include "runoff/scheduling/chunks.h"
#include "runoff/scheduling/start_thread.h"

/// std::async(std::launch::async) for each worker of every execution.
class Async final : public Crew {
 public:
  Async(unsigned workers, Body body) : workers_(workers), body_(std::move(body)) {}

  void execute(std::size_t tasks) override {
    chunks_.reset();
    std::vector<std::future<void>> futures;
    futures.reserve(workers_);
    std::exception_ptr failure;
    try {
      for (unsigned worker = 0; worker < workers_; ++worker) futures.push_back(start(worker + 1, tasks));
    } catch (...) {
      failure = std::current_exception();
      chunks_.stop(tasks);
    }
    for (auto& future : futures) {
      try {
        future.get();
      } catch (...) {
        if (!failure) failure = std::current_exception();
      }
    }
    if (failure) std::rethrow_exception(failure);
  }

 private:
  std::future<void> start(unsigned worker, std::size_t tasks) {
    try {
      return std::async(std::launch::async, [this, tasks] { work(tasks); });
    } catch (const std::system_error& error) {
      throw runoff::cannot_start_worker(worker, workers_, error.code());
    }
  }

  void work(std::size_t tasks) {
    try {
      for (runoff::Range chunk; !(chunk = chunks_.take(tasks, workers_)).empty();) body_(chunk);
    } catch (...) {
      chunks_.stop(tasks);
      throw;
    }
  }

  unsigned workers_;
  Body body_;
  runoff::ChunkCounter chunks_;
};
