#include "subtrees.h"

#include <string>

#include "runoff/memory.h"

namespace runoff::mpi {

Subtrees::Subtrees(const Recursive& work, const Ranks& ranks, unsigned workers)
    : work_(work), limits_(FrontierLimits::for_workers(workers, work.result())), counter_(ranks) {
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
  Report report;
  try {
    frontier_ = work_.frontier(limits_);
    const auto count = static_cast<std::int64_t>(frontier_->subtrees());
    for (std::int64_t next; (next = counter_.next()) < count;) {
      frontier_->solve(static_cast<std::size_t>(next), slots_);
      report.chunks.push_back(next);
    }
  } catch (...) {
    counter_.stop();
    report.failed = true;
    with_caught([&](FailureKind kind, const char* text) {
      report.kind = kind;
      report.failure = text;
    });
  }
  return report;
}

}  // namespace runoff::mpi
