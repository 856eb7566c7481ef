#pragma once

#include <cstdint>
#include <set>

#include "runoff/backend.h"

namespace runoff::cell {

/// Counts tasks that another program ran for this cell, as that program reports them. It is not believed: a
/// thread that is said to have run tasks must be one of this cell's by the kernel's word.
class Elsewhere {
 public:
  Elsewhere();

  /// A task with this mark; see mark_of.
  void note(std::uint64_t mark, std::int64_t thread) {
    seen_.tasks += 1;
    seen_.which += mark;
    threads_.insert(thread);
  }

  /// What was noted since the last look. Workers are counted up to `most`: where each task has a thread of
  /// its own there are more of those than work at a time. Throws WrongInput for a thread that neither is
  /// there now nor was started since the last look.
  Seen look(unsigned most);

 private:
  Seen seen_;
  std::set<std::int64_t> threads_;
  std::int64_t newest_;  // the last thread that the kernel had started at the last look
};

}  // namespace runoff::cell
