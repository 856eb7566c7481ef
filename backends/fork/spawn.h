#pragma once

#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "child.h"
#include "crew.h"
#include "loss.h"
#include "runoff/errors.h"
#include "runoff/failure.h"
#include "runoff/memory.h"
#include "runoff/scheduling/chunks.h"
#include "split.h"
#include "threads.h"

/// Fresh processes, with fresh threads, for every execution; the caller only waits for them.
class Spawn final : public Crew {
 public:
  Spawn(Split split, Body body, runoff::Memory& memory)
      : split_(split),
        body_(std::move(body)),
        chunks_(memory.object<runoff::ChunkCounter>()),
        failure_(memory.object<runoff::ProcessFailure>()),
        kills_before_(runoff::out_of_memory_kills()) {}

  void execute(std::size_t tasks) override {
    chunks_.reset();
    std::vector<Child> children;
    children.reserve(split_.processes());
    for (unsigned process = 0; process < split_.processes(); ++process)
      children.push_back(start(process, tasks));
    while (!children.empty())
      for (Child& ended : wait_for_ended(children))
        if (const auto loss = reap_and_describe(ended, kills_before_)) throw runoff::WorkerLost(*loss);
    failure_.rethrow();
  }

  void check() override {}  // no body runs in the process that calls

 private:
  Child start(unsigned process, std::size_t tasks) {
    try {
      return Child([this, tasks, threads = split_.threads(process)] {
        run_on_threads(
            threads, [this, tasks] { work(tasks); }, failure_);
      });
    } catch (const std::system_error& error) {
      throw std::system_error(error.code(), "cannot start process " + std::to_string(process + 1) + " of " +
                                                std::to_string(split_.processes()));
    }
  }

  void work(std::size_t tasks) noexcept {
    try {
      for (runoff::Range chunk; !(chunk = chunks_.take(tasks, split_.workers)).empty();) body_(chunk);
    } catch (...) {
      failure_.keep();
      chunks_.stop(tasks);
    }
  }

  Split split_;
  Body body_;
  runoff::ChunkCounter& chunks_;
  runoff::ProcessFailure& failure_;
  std::uint64_t kills_before_;
};
