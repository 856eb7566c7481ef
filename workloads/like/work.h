#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "runoff/memory.h"
#include "runoff/parameters.h"

namespace like {

/// What every workload of this folder is told of its tasks.
std::vector<runoff::Parameter> work_parameters();
/// Of those whose tasks may wait.
runoff::Parameter wait_parameter();

/// What tasks do that are only described: each walks its piece of the memory, then computes, and tells how
/// long it is to wait. The longer a task is, the more it has of all three. How much work a described time is,
/// the parameters say, so that all backends get the same work: a task that waited for the clock instead would
/// take as long on a core that it shares, or beside others that use the memory.
class Work {
 public:
  explicit Work(const runoff::Parameters& parameters);

  std::size_t tasks() const { return lengths_.size(); }
  void layout(runoff::Memory& memory);
  /// Writes the pieces of tasks [first, last).
  void fill(std::size_t first, std::size_t last) const;
  void fill() const { fill(0, tasks()); }
  /// Bytes that one execution walks.
  std::uint64_t bytes() const { return std::uint64_t{ends_.back()} * sizeof(std::uint64_t); }

  /// Does the task's work but its waiting; its value depends on all of it.
  std::uint64_t run(std::size_t task) const;
  /// What `run` returns, from closed forms.
  std::uint64_t expected(std::size_t task) const;
  /// How long the task waits.
  std::chrono::nanoseconds wait(std::size_t task) const;

 private:
  std::uint64_t steps(std::size_t task) const;

  std::vector<double> lengths_;  // by task
  double mean_steps_ = 0;
  double mean_wait_ns_ = 0;
  std::vector<std::size_t> ends_;  // of the pieces, in words: task i walks [ends_[i], ends_[i + 1])
  std::span<std::uint64_t> words_;
};

/// Blocks for so long at least; not at all for 0.
void wait_for(std::chrono::nanoseconds duration);

}  // namespace like
