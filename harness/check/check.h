#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "check/promise.h"

namespace runoff {

/// What some samples say of a promise, or all.
struct Remark {
  std::string why;
  std::vector<PlannedCell> cells;  ///< those that say the same
};

/// Whether a promise holds.
struct Held {
  Promise promise;
  Kept kept = Kept::yes;
  std::size_t samples = 0;
  std::vector<Remark> broken;   ///< what speaks against it
  std::vector<Remark> refused;  ///< what the module has no way to do
  std::vector<Remark> untested;
};

/// Takes one sample of a cell; nothing when that was interrupted.
using Take = std::function<std::optional<Sample>(const Question&)>;

/// Asks all questions. Nothing when it was interrupted.
std::optional<Held> put_to_test(const Examination& examination, const Take& take);

}  // namespace runoff
