#pragma once

#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "child.h"
#include "crew.h"
#include "loss.h"
#include "runoff/chunks.h"
#include "runoff/errors.h"
#include "runoff/failure.h"
#include "runoff/memory.h"

/// Fresh processes for every execution; the caller only waits for them.
class Spawn final : public Crew {
 public:
  Spawn(unsigned workers, Body body, runoff::Memory& memory)
      : workers_(workers),
        body_(std::move(body)),
        chunks_(memory.object<runoff::ChunkCounter>()),
        failure_(memory.object<runoff::ProcessFailure>()),
        kills_before_(runoff::out_of_memory_kills()) {}

  void execute(std::size_t tasks) override {
    chunks_.reset();
    std::vector<Child> children;
    children.reserve(workers_);
    for (unsigned worker = 0; worker < workers_; ++worker) children.push_back(start(worker, tasks));
    while (!children.empty()) {
      wait_for_any(children, std::chrono::milliseconds(-1));
      reap_ended(children);
    }
    failure_.rethrow();
  }

  void check() override {}  // no body runs in the process that calls

 private:
  Child start(unsigned worker, std::size_t tasks) {
    try {
      return Child([this, tasks] { work(tasks); });
    } catch (const std::system_error& error) {
      throw std::system_error(error.code(), "cannot start process " + std::to_string(worker + 1) + " of " +
                                                std::to_string(workers_));
    }
  }

  void work(std::size_t tasks) noexcept {
    try {
      for (runoff::Range chunk; !(chunk = chunks_.take(tasks, workers_)).empty();) body_(chunk);
    } catch (...) {
      failure_.keep();
      chunks_.stop(tasks);
    }
  }

  void reap_ended(std::vector<Child>& children) const {
    for (std::size_t i = children.size(); i-- > 0;) {
      if (!children[i].has_ended()) continue;
      if (const auto loss = reap_and_describe(children[i], kills_before_)) throw runoff::WorkerLost(*loss);
      children.erase(children.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }

  unsigned workers_;
  Body body_;
  runoff::ChunkCounter& chunks_;
  runoff::ProcessFailure& failure_;
  std::uint64_t kills_before_;
};
