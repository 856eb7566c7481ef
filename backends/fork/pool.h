#pragma once

#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "child.h"
#include "crew.h"
#include "life.h"
#include "loss.h"
#include "runoff/errors.h"
#include "runoff/failure.h"
#include "runoff/memory.h"
#include "runoff/team.h"

/// Processes that stay, led by the one that calls, which is one of the workers.
class Pool final : public Crew {
 public:
  Pool(unsigned workers, Body body, runoff::Memory& memory)
      : body_(std::move(body)),
        failure_(memory.object<runoff::ProcessFailure>()),
        team_(memory.object<runoff::TeamBlock>(), workers, runoff::Scope::processes),
        life_(memory, workers - 1),
        kills_before_(runoff::out_of_memory_kills()) {
    children_.reserve(workers - 1);
    for (unsigned worker = 1; worker < workers; ++worker) children_.push_back(start(worker, workers));
  }

  ~Pool() override {
    team_.end();
    // One that is stopped, or was lost on its way, does not hear that; ~Child ends it.
    const auto until = std::chrono::steady_clock::now() + patience;
    for (const Child& child : children_) {
      const auto left = until - std::chrono::steady_clock::now();
      child.wait(
          std::max(std::chrono::ceil<std::chrono::milliseconds>(left), std::chrono::milliseconds::zero()));
    }
  }

  void execute(std::size_t tasks) override {
    if (!loss_.empty()) throw runoff::WorkerLost(loss_);
    try {
      team_.lead(
          tasks, body_, failure_, [this] { check(); }, look_every);
    } catch (const runoff::TaskFailed&) {
      check();  // the loss of a worker comes first
      throw;
    }
    if (!life_.all_live()) check();
  }

  void check() override {
    if (!loss_.empty()) throw runoff::WorkerLost(loss_);
    for (Child& child : children_) {
      if (!child.has_ended()) continue;
      loss_ =
          reap_and_describe(child, kills_before_)
              .value_or("worker process " + std::to_string(child.id()) + " left before its work was done");
      children_.clear();  // none is left now
      throw runoff::WorkerLost(loss_);
    }
  }

 private:
  static constexpr std::chrono::milliseconds look_every{20};
  static constexpr std::chrono::milliseconds patience{2000};

  Child start(unsigned worker, unsigned workers) {
    try {
      return Child([this, worker] {
        life_.begin(worker - 1);
        team_.serve(body_, failure_);
      });
    } catch (const std::system_error& error) {
      throw std::system_error(error.code(), "cannot start process " + std::to_string(worker) + " of " +
                                                std::to_string(workers - 1));
    }
  }

  Body body_;
  runoff::ProcessFailure& failure_;
  runoff::Team team_;
  Life life_;
  std::uint64_t kills_before_;
  std::string loss_;
  std::vector<Child> children_;
};
