#include "statistics/drift.h"

#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "statistics/median.h"

namespace runoff {
namespace {

/// Round -> the logarithm of how much longer than usual cells took in it.
std::map<std::int64_t, double> slowness(std::span<const Cell> cells) {
  std::map<std::int64_t, std::vector<double>> by_round;
  for (const Cell& cell : cells) {
    if (cell.wall.size() < fewest_samples) continue;
    const double usual = median(cell.wall.values);
    for (std::size_t i = 0; i < cell.wall.size(); ++i)
      if (cell.wall.values[i] > 0 && usual > 0)
        by_round[cell.wall.rounds[i]].push_back(std::log(cell.wall.values[i] / usual));
  }
  std::map<std::int64_t, double> slow;
  for (const auto& [round, logs] : by_round) slow[round] = median(logs);
  return slow;
}

/// The same in at most `most` spans of rounds, each in the place of its middle one.
std::map<std::int64_t, double> in_spans(const std::map<std::int64_t, double>& slow, std::size_t most) {
  if (slow.size() <= most) return slow;
  const std::vector<std::pair<std::int64_t, double>> rounds(slow.begin(), slow.end());
  std::map<std::int64_t, double> spans;
  for (std::size_t span = 0; span < most; ++span) {
    const std::size_t first = span * rounds.size() / most, last = (span + 1) * rounds.size() / most;
    std::vector<double> logs;
    for (std::size_t i = first; i < last; ++i) logs.push_back(rounds[i].second);
    spans[rounds[(first + last) / 2].first] = median(logs);
  }
  return spans;
}

}  // namespace

std::optional<Drift> find_drift(std::span<const Cell> cells) {
  constexpr double unlikely = 2.2, worth_saying = 0.05;
  constexpr std::size_t most_compared = 500;  // each with each
  const std::map<std::int64_t, double> all = slowness(cells);
  const std::map<std::int64_t, double> slow = in_spans(all, most_compared);
  if (slow.size() < fewest_samples) return std::nullopt;
  std::vector<double> slopes;
  double later_slower = 0;  // pairs of rounds of which the later one is the slower, less the others
  for (auto first = slow.begin(); first != slow.end(); ++first) {
    for (auto second = std::next(first); second != slow.end(); ++second) {
      const double rise = second->second - first->second;
      slopes.push_back(rise / static_cast<double>(second->first - first->first));
      later_slower += rise > 0 ? 1 : rise < 0 ? -1 : 0;
    }
  }
  const auto rounds = static_cast<double>(slow.size());
  const double spread = std::sqrt(rounds * (rounds - 1) * (2 * rounds + 5) / 18);
  const double whole = static_cast<double>(all.rbegin()->first - all.begin()->first);
  const Drift drift{std::expm1(median(slopes) * whole), all.size()};
  if (std::abs(later_slower) < unlikely * spread || std::abs(drift.change) < worth_saying)
    return std::nullopt;
  return drift;
}

}  // namespace runoff
