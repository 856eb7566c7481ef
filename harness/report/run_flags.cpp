#include "report/run_flags.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "statistics/drift.h"
#include "support/text.h"

namespace runoff {
namespace {

/// What all samples together say of their surroundings.
struct Seen {
  double observed_ns = 0, other_ns = 0, steal_ns = 0;
  std::size_t samples = 0;
  std::vector<std::int64_t> clocks_khz;
};

Seen sum_up(std::span<const Cell> cells) {
  Seen seen;
  for (const Cell& cell : cells) {
    for (const Sample& sample : cell.samples) {
      if (!sample.observed_ns) continue;
      ++seen.samples;
      seen.observed_ns += static_cast<double>(*sample.observed_ns);
      seen.other_ns += static_cast<double>(sample.other_cpu_ns.value_or(0));
      seen.steal_ns += static_cast<double>(sample.steal_ns.value_or(0));
      if (sample.clock_khz) seen.clocks_khz.push_back(*sample.clock_khz);
    }
  }
  std::sort(seen.clocks_khz.begin(), seen.clocks_khz.end());
  return seen;
}

std::size_t marked(std::span<const Cell> cells, std::string_view word) {
  std::size_t number = 0;
  for (const Cell& cell : cells)
    for (const Sample& sample : cell.samples) {
      const auto words = split(sample.disturbed_by, ";");
      number += std::find(words.begin(), words.end(), word) != words.end() ? 1 : 0;
    }
  return number;
}

std::string clock_line(const std::vector<std::int64_t>& sorted_khz) {
  if (sorted_khz.size() < fewest_samples) return {};
  // A tenth at each end is left to chance: a look may come when the core has gone to sleep.
  const auto at = [&](std::size_t tenths) {
    return static_cast<double>(sorted_khz[(sorted_khz.size() - 1) * tenths / 10]) * 1e-6;
  };
  if (at(9) < 1.1 * at(1)) return {};
  return fmt::format(
      "The processors' clock changed: {:.2f} to {:.2f} GHz at the ends of samples. Let it stay the same: "
      "'runoff doctor' "
      "has the commands.",
      at(1), at(9));
}

std::string drift_line(std::span<const Cell> cells) {
  const auto drift = find_drift(cells);
  if (!drift) return {};
  return fmt::format(
      "The machine became {} from the first round to the last: everything took {:.0f} % {}. Samples were "
      "interleaved, "
      "so it is common to all; let the machine warm up before a run whose times are to be compared with "
      "another's.",
      drift->change > 0 ? "slower" : "faster", std::abs(drift->change) * 100,
      drift->change > 0 ? "longer" : "less");
}

}  // namespace

std::span<const Disturbance> disturbances() {
  static constexpr std::array<Disturbance, 5> all{{
      {disturbed_by_others, "Other programs used the cores",
       "Stop what else runs here, which 'runoff doctor' names, or give runoff cores of its own (taskset)"},
      {disturbed_by_steal, "The host took cores away", "Measure at another time, or on a machine of its own"},
      {disturbed_by_quota, "A quota stopped workers",
       "Take no more workers than it allows cores, or lift it: 'runoff doctor' has the command"},
      {disturbed_by_memory, "Programs waited for memory",
       "Free some, or take smaller parameters: times hold the waiting"},
      {disturbed_by_stop, "Samples were stopped and went on",
       "Their times hold the pause; measure again, and leave the run alone meanwhile"},
  }};
  return all;
}

RunFlags run_flags(std::span<const Cell> cells) {
  const Seen seen = sum_up(cells);
  RunFlags flags;
  const double observed = std::max(seen.observed_ns, 1.0);
  for (const Disturbance& one : disturbances()) {
    const std::size_t number = marked(cells, one.word);
    if (number == 0 || 20 * number < seen.samples) continue;
    std::string what = one.happened;
    if (one.word == disturbed_by_others)
      what = fmt::format("Other programs used {:.2f} cores meanwhile", seen.other_ns / observed);
    if (one.word == disturbed_by_steal)
      what = fmt::format("The host took {:.2f} cores away meanwhile", seen.steal_ns / observed);
    flags.disturbances = true;
    flags.lines.push_back(fmt::format("{} ({} of {} samples are marked '{}'). {}.", what, number,
                                      seen.samples, one.word, one.advice));
  }
  for (std::string line : {clock_line(seen.clocks_khz), drift_line(cells)})
    if (!line.empty()) flags.lines.push_back(std::move(line));
  return flags;
}

}  // namespace runoff
