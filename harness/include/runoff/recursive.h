#pragma once

#include "runoff/workload.h"

namespace runoff {

/// Fork-join recursion: a task forks tasks and waits for them. One result slot: the root's.
class RUNOFF_VISIBLE Recursive : public Workload {
 public:
  static constexpr Shape static_shape = Shape::recursive;
  Shape shape() const final { return static_shape; }
  std::size_t tasks() const override { return 0; }
  std::size_t slots() const override { return 1; }

  /// Solves the root by plain recursion, without forking.
  virtual void solve(Results results) const = 0;
};

}  // namespace runoff
