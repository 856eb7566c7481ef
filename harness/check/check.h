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
  Status status = Status::ok;      ///< how the first of them ended
};

/// Whether a promise holds.
struct Held {
  Promise promise;
  Kept kept = Kept::yes;
  std::size_t samples = 0;
  std::size_t timeouts = 0;     ///< samples that broke it because they did not end
  std::size_t not_asked = 0;    ///< questions that were left out because of those
  std::vector<Remark> broken;   ///< what speaks against it
  std::vector<Remark> refused;  ///< what the module has no way to do
  std::vector<Remark> untested;
};

/// Takes one sample of a cell; nothing when that was interrupted.
using Take = std::function<std::optional<Sample>(const Question&)>;

/// Asks all questions, or as many as it takes to see that samples do not end. Nothing when it was
/// interrupted.
std::optional<Held> put_to_test(const Examination& examination, const Take& take);

}  // namespace runoff
