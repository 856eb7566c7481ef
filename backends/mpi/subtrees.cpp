#include "subtrees.h"

#include <string>

#include "runoff/memory.h"
#include "take_all.h"

namespace runoff::mpi {

Subtrees::Subtrees(const Recursive& work, const Ranks& ranks, Threads& threads, unsigned workers)
    : work_(work),
      threads_(threads),
      limits_(FrontierLimits::for_workers(workers, work.result())),
      counter_(ranks) {
  const auto [size, alignment] = work.result();
  if (alignment > alignof(std::max_align_t))
    throw Unsupported("results of a recursion with an alignment of " + std::to_string(alignment));
  const std::size_t stride = (size + sizeof(std::max_align_t) - 1) / sizeof(std::max_align_t);
  memory_ = std::make_unique_for_overwrite<std::max_align_t[]>(limits_.most * stride);
  slots_ = Results(reinterpret_cast<std::byte*>(memory_.get()), limits_.most, size,
                   stride * sizeof(std::max_align_t));
  for (std::size_t subtree = 0; subtree < limits_.most; ++subtree) numbers_.push_back({subtree, subtree + 1});
}

Report Subtrees::work() {
  try {
    frontier_ = work_.frontier(limits_);
  } catch (...) {
    counter_.stop();
    Report report;
    report.keep_caught();
    return report;
  }
  return take_all(
      counter_, static_cast<std::int64_t>(frontier_->subtrees()), threads_,
      [this](std::int64_t subtree) { frontier_->solve(static_cast<std::size_t>(subtree), slots_); });
}

}  // namespace runoff::mpi
