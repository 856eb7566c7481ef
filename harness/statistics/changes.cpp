#include "statistics/changes.h"

#include <algorithm>
#include <cmath>

#include "statistics/paired_ratio.h"
#include "statistics/unpaired_ratio.h"

namespace runoff {
namespace {

bool same_cell(const Cell& a, const Cell& b) {
  return a.problem == b.problem && a.backend == b.backend && a.variant == b.variant && a.workers == b.workers;
}

Change change_of(const Estimate& ratio, double threshold) {
  if (ratio.low > 1 + threshold) return Change::slower;
  if (ratio.high < 1 / (1 + threshold)) return Change::faster;
  if (ratio.low > 1 / (1 + threshold) && ratio.high < 1 + threshold) return Change::same;
  return Change::inconclusive;
}

}  // namespace

const char* to_word(Change change) {
  switch (change) {
    case Change::slower:
      return "slower";
    case Change::faster:
      return "faster";
    case Change::same:
      return "same";
    case Change::inconclusive:
      return "inconclusive";
    case Change::too_few:
      return "too-few";
    case Change::kept_out:
      return "kept out";
  }
  return "";
}

std::vector<ChangedCell> changes(std::span<const Cell> before, std::span<const Cell> after, Pairing rounds,
                                 double threshold) {
  std::vector<ChangedCell> found;
  for (const Cell& cell : after) {
    const auto earlier =
        std::find_if(before.begin(), before.end(), [&cell](const Cell& one) { return same_cell(one, cell); });
    if (earlier != before.end()) found.push_back({&*earlier, &cell});
  }
  const auto compared =
      static_cast<double>(std::count_if(found.begin(), found.end(), [](const ChangedCell& one) {
        return one.before->comparable() && one.after->comparable();
      }));
  for (ChangedCell& one : found) {
    const Cell &earlier = *one.before, &later = *one.after;
    if (earlier.status != Status::ok || later.status != Status::ok) continue;
    one.change = Change::too_few;
    if (!earlier.comparable() || !later.comparable()) continue;
    const double level = 0.05 / 2 / compared;
    if (rounds == Pairing::together) {
      const PairedRatio ratio(later.wall, earlier.wall);
      if (ratio.rounds() < fewest_samples) continue;
      one.ratio = ratio.estimate(level);
    } else {
      one.ratio = unpaired_ratio(later.wall, earlier.wall, level);
    }
    one.change = change_of(*one.ratio, threshold);
  }
  return found;
}

}  // namespace runoff
