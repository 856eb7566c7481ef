#pragma once

#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "child.h"
#include "crew.h"
#include "life.h"
#include "loss.h"
#include "runoff/errors.h"
#include "runoff/failure.h"
#include "runoff/memory.h"
#include "runoff/scheduling/atomic.h"
#include "runoff/scheduling/team.h"
#include "split.h"
#include "threads.h"

/// Processes that stay, each with its threads, led by the thread that calls. That one is a worker too, and
/// its process one of those that work.
class Pool final : public Crew {
 public:
  Pool(Split split, Body body, runoff::Memory& memory)
      : body_(std::move(body)),
        failure_(memory.object<runoff::ProcessFailure>()),
        team_(memory.object<runoff::TeamBlock>(), split.workers, runoff::Scope::processes),
        life_(memory, split.processes() - 1),
        kills_before_(runoff::out_of_memory_kills()) {
    children_.reserve(split.processes() - 1);
    for (unsigned process = 1; process < split.processes(); ++process)
      children_.push_back(start(process, split));
    // Only now: a process that forks has no threads.
    try {
      start_threads(threads_, split.threads(0) - 1, [this] { team_.serve(body_, failure_); });
    } catch (...) {
      team_.end();
      throw;
    }
  }

  ~Pool() override {
    team_.end();
    threads_.clear();
    // One that is stopped, or was lost on its way, does not hear that; ~Child ends it.
    const auto until = std::chrono::steady_clock::now() + patience;
    for (const Child& child : children_) {
      const auto left = until - std::chrono::steady_clock::now();
      child.wait(
          std::max(std::chrono::ceil<std::chrono::milliseconds>(left), std::chrono::milliseconds::zero()));
    }
  }

  void execute(std::size_t tasks) override {
    if (lost_.load(std::memory_order_acquire)) throw runoff::WorkerLost(loss_);
    try {
      team_.lead(
          tasks, body_, failure_, [this] { check(); }, look_every);
      check();
    } catch (const runoff::WorkerLost&) {
      team_.end();
      threads_.clear();  // threads of this process cannot be killed: each lets go when its task is done
      throw;
    } catch (...) {
      check();  // the loss of a worker comes first
      throw;
    }
  }

  void check() override {
    if (lost_.load(std::memory_order_acquire)) throw runoff::WorkerLost(loss_);
    if (life_.all_live() || std::this_thread::get_id() != leader_) return;
    for (Child& child : children_) {
      if (!child.has_ended()) continue;
      loss_ =
          reap_and_describe(child, kills_before_)
              .value_or("worker process " + std::to_string(child.id()) + " left before its work was done");
      children_.clear();  // none is left now
      lost_.store(true, std::memory_order_release);
      throw runoff::WorkerLost(loss_);
    }
  }

 private:
  static constexpr std::chrono::milliseconds look_every{20};
  static constexpr std::chrono::milliseconds patience{2000};

  Child start(unsigned process, Split split) {
    try {
      return Child([this, process, threads = split.threads(process)] {
        life_.begin(process - 1);
        run_on_threads(
            threads, [this] { team_.serve(body_, failure_); }, failure_);
      });
    } catch (const std::system_error& error) {
      throw std::system_error(error.code(), "cannot start process " + std::to_string(process) + " of " +
                                                std::to_string(split.processes() - 1));
    }
  }

  Body body_;
  runoff::ProcessFailure& failure_;
  runoff::Team team_;
  Life life_;
  std::uint64_t kills_before_;
  std::thread::id leader_ = std::this_thread::get_id();
  std::string loss_;                  // written before `lost_`, by the leading thread
  runoff::Atomic<bool> lost_{false};  // release when set, acquire when read: `loss_` goes with it
  std::vector<Child> children_;
  std::vector<std::jthread> threads_;
};
