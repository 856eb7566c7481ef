#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <ostream>
#include <span>
#include <string>
#include <vector>

#include "runoff/memory.h"
#include "runoff/started.h"

/// Which backend, and how: what tests are repeated over.
struct Setup {
  std::string backend;
  std::string mode;
  unsigned workers;
  unsigned threads = 1;  ///< of each process
};

std::string name_of(const Setup& setup);
void PrintTo(const Setup& setup, std::ostream* stream);  // for GoogleTest
/// std-thread and fork in each of their modes, with these numbers of workers.
std::vector<Setup> setups(std::span<const unsigned> workers);
/// Of three and more workers, some share processes: more than one, the last of them not full.
std::vector<Setup> fork_setups(std::span<const unsigned> workers,
                               const std::vector<std::string>& modes = {"pool", "spawn"});

/// What tests need of a harness: memory that all workers see.
class TestHost final : public runoff::Host {
 public:
  runoff::Memory& memory() override { return memory_; }
  std::vector<std::string> follower_command(std::span<const std::string>) const override { return {}; }
  std::span<const std::string> follower_arguments() const override { return {}; }
  runoff::Seen look() override { return {}; }
  runoff::Usage usage() override { return {}; }

 private:
  runoff::Memory memory_ = runoff::Memory::create();
};

/// A loop whose tasks do what the test says, and which notices what must never happen. All state that changes
/// is shared between processes.
class Probe final : public runoff::Independent {
 public:
  using Task = std::function<void(std::size_t)>;

  Probe(runoff::Memory& memory, std::size_t most_tasks, Task task);

  std::size_t tasks() const override { return state_.tasks; }
  std::size_t slots() const override { return counts_.size(); }
  runoff::ResultLayout result() const override { return runoff::result_of<int>(); }
  void run(runoff::Range range, runoff::Results results) const override;
  runoff::Check check(runoff::Results) const override { return runoff::Check::ok(); }

  /// Runs so many tasks once. Afterwards, also when it threw, no task is running.
  void execute(const runoff::Started& backend, std::size_t tasks);
  /// How often each of the first `tasks` tasks ran since the last call, as long as it is the same for all;
  /// else -1.
  int times_each(std::size_t tasks);
  std::size_t runs() const { return state_.runs.load(); }
  /// Tasks that ran while no execution was going on.
  std::uint32_t stragglers() const { return state_.stragglers.load(); }

 private:
  struct State {
    std::size_t tasks;
    std::atomic<std::uint32_t> open;
    std::atomic<std::uint32_t> inside;
    std::atomic<std::uint32_t> stragglers;
    std::atomic<std::size_t> runs;
  };
  State& state_;
  std::span<std::atomic<std::uint32_t>> counts_;
  Task task_;
};

/// A backend that has started with a workload.
runoff::Started started(const Setup& setup, const runoff::Workload& workload, runoff::Results results,
                        TestHost& host);
runoff::Started started(const Setup& setup, const Probe& probe, TestHost& host);

/// True when this process has children, ended ones included.
bool has_children();
