#include "report/flags.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "report/run_flags.h"
#include "report/units.h"
#include "statistics/median.h"
#include "statistics/summary.h"
#include "statistics/turnout.h"

namespace runoff {
namespace {

// A kind of oddity: how to find it, what it means, and what to do.
struct Kind {
  const char* title;
  const char* advice;
  bool by_disturbance;  // a disturbance explains it
  std::function<std::string(const Cell&)> seen;
};

/// "1 of 4 in all executions"; "1 of 4 in 60 % of executions, 4 in 40 %".
std::string turnout_text(const Turnout& turnout, std::int64_t workers) {
  std::string text;
  for (const auto& [present, share] : turnout.shares) {
    if (turnout.shares.size() == 1) return fmt::format("{} of {} in all executions", present, workers);
    const std::string percent = share < 0.01 ? "under 1 %" : fmt::format("{:.0f} %", 100 * share);
    text += text.empty() ? fmt::format("{} of {} in {} of executions", present, workers, percent)
                         : fmt::format(", {} in {}", present, percent);
  }
  return text;
}

std::string flag_text(const Oddity& oddity, const Names& names) {
  const auto where = [&](const Oddity::Seen& one) {
    return fmt::format("{} ({})", names.cell(*one.cell), one.text);
  };
  std::string text = where(oddity.seen.front());
  for (std::size_t i = 1; i < std::min<std::size_t>(oddity.seen.size(), 2); ++i)
    text += "; " + where(oddity.seen[i]);
  if (oddity.seen.size() > 2) text += fmt::format("; and {} more", oddity.seen.size() - 2);
  return fmt::format("{}: {}. {}.", oddity.title, text, oddity.advice);
}

bool is_marked(const Cell& cell) {
  return std::any_of(cell.samples.begin(), cell.samples.end(),
                     [](const Sample& sample) { return !sample.disturbed_by.empty(); });
}

/// How far the mean of executions is above the typical one: 0.1 is 10 %. Nothing where there are too few
/// samples.
std::optional<double> excess_of(const Cell& cell) {
  if (!cell.comparable()) return std::nullopt;
  const Series means = mean_times(cell);
  if (means.size() != cell.wall.size()) return std::nullopt;
  std::vector<double> found;
  for (std::size_t i = 0; i < means.size(); ++i) found.push_back(means.values[i] / cell.wall.values[i] - 1);
  return median(found);
}

}  // namespace

std::string two_modes(const Cell& cell) {
  std::vector<double> sorted = cell.wall.values;
  std::sort(sorted.begin(), sorted.end());
  if (sorted.size() < fewest_samples) return {};
  std::size_t upper = 0;  // where the upper group begins
  for (std::size_t i = 2; i + 2 <= sorted.size(); ++i)
    if (upper == 0 || sorted[i] - sorted[i - 1] > sorted[upper] - sorted[upper - 1]) upper = i;
  const double gap = sorted[upper] - sorted[upper - 1];
  const double spread = std::max(sorted[upper - 1] - sorted.front(), sorted.back() - sorted[upper]);
  if (gap < 0.1 * sorted[upper - 1] || gap <= 2 * spread) return {};
  const std::span<const double> all(sorted);
  return fmt::format("{} and {}", time_text(median(all.first(upper))), time_text(median(all.subspan(upper))));
}

std::string slow_first(const Cell& cell) {
  if (cell.wall.size() < 3) return {};
  const double first = cell.wall.values.front();
  const std::span<const double> others = std::span<const double>(cell.wall.values).subspan(1);
  const auto [least, greatest] = std::minmax_element(others.begin(), others.end());
  if (first < 1.2 * *greatest || first - *greatest <= *greatest - *least) return {};
  return fmt::format("{}, then {}", time_text(first), time_text(median(others)));
}

std::string few_samples(const Cell& cell) {
  if (cell.status != Status::ok || cell.wall.size() >= fewest_samples) return {};
  return fmt::format("{}", cell.wall.size());
}

std::string idle_workers(const Cell& cell) {
  const Turnout turnout = runoff::turnout(cell);
  if (!turnout.never_full()) return {};
  return turnout_text(turnout, cell.workers);
}

std::string late_workers(const Cell& cell) {
  const Turnout turnout = runoff::turnout(cell);
  if (turnout.shares.empty() || turnout.full() == 0 || turnout.full() >= 0.5) return {};
  return turnout_text(turnout, cell.workers);
}

std::string too_fast(const Cell& cell, std::span<const Cell> cells) {
  if (cell.problem.bound != "cpu" || !cell.comparable()) return {};
  const Cell* const reference = reference_of(cell, cells);
  const auto most = static_cast<double>(cell.workers);
  // The interval takes much longer than this.
  if (reference == nullptr || median(reference->wall.values) <= most * median(cell.wall.values)) return {};
  const auto speedup = figures(cell, cells).speedup_interval;
  constexpr double rounding = 1 + 1e-9;  // of logarithms
  if (!speedup || speedup->low <= most * rounding) return {};
  return fmt::format("{} times as fast as {}, surely more than {}", ratio_text(speedup->value),
                     cell.problem.reference_name(), ratio_text(speedup->low));
}

std::string stalls(const Cell& cell, std::span<const Cell> cells) {
  constexpr double noticed = 0.1, beyond_usual = 3;
  const auto own = excess_of(cell);
  if (!own || *own < noticed) return {};
  std::vector<double> all;
  // Not as one subrange (std::ranges::equal_range): Clang before 16 compiles none of libstdc++'s.
  const auto first = std::ranges::lower_bound(cells, cell.problem, {}, &Cell::problem);
  const auto last = std::ranges::upper_bound(cells, cell.problem, {}, &Cell::problem);
  for (const Cell& other : std::span(first, last))
    if (const auto excess = excess_of(other)) all.push_back(*excess);
  if (*own < beyond_usual * median(all)) return {};
  return fmt::format("their mean is {:.0f} % above a typical one; usual here are {:.0f} %", 100 * *own,
                     100 * std::max(0.0, median(all)));
}

/// Of those that put workers off their cores, whether they are other programs: these had a tenth of a core,
/// or it is not known what they had.
bool is_by_others(const Cell& cell) {
  std::vector<double> shares;
  for (const Sample& sample : cell.samples)
    if (sample.other_cpu_ns && sample.observed_ns.value_or(0) > 0)
      shares.push_back(static_cast<double>(*sample.other_cpu_ns) / static_cast<double>(*sample.observed_ns));
  return shares.empty() || median(shares) >= 0.1;
}

std::string disturbed(const Cell& cell, std::optional<std::int64_t> cores, bool by_others) {
  // Workers beyond the cores put each other off: that is no oddity. Without the number of cores only one is
  // sure.
  if (cell.workers > cores.value_or(1)) return {};
  std::vector<double> rates;
  for (const Sample& sample : cell.samples) {
    if (sample.status != Status::ok || !sample.involuntary_switches || sample.wall_ns.value_or(0) == 0)
      continue;
    const double seconds = static_cast<double>(*sample.wall_ns) * 1e-9 * static_cast<double>(cell.workers);
    rates.push_back(static_cast<double>(*sample.involuntary_switches) / seconds);
  }
  // A timer's interrupt now and then, and a thread that commands the workers, put one off for a moment.
  if (rates.empty() || median(rates) <= 100 || is_by_others(cell) != by_others) return {};
  if (!by_others && median(rates) <= 1000) return {};
  return fmt::format("{:.0f} times a second", median(rates));
}

std::vector<Oddity> oddities(std::span<const Cell> cells, std::optional<std::int64_t> cores,
                             bool disturbances_told) {
  const std::vector<Kind> kinds{
      {"Too few samples for a verdict", "Take 6 or more: --samples 6", false, few_samples},
      {"Times of two kinds",
       "Workers may share a core at times, or clocks change: look at samples.csv, and run again "
       "with nothing else on these cores",
       true, two_modes},
      {"The first sample is slow",
       "Files or clocks were cold; it counts like any other: take more samples, so that "
       "one weighs less",
       true, slow_first},
      {"Workers that never worked",
       "The backend did not use all workers it was given: its figures are not for that number of "
       "workers, and it is not ranked",
       false, idle_workers},
      {"Workers that came too late for most executions",
       "The work was done before they came: for all workers to count, make executions longer (more or longer "
       "tasks)",
       false, late_workers},
      {"Faster than its workers can be",
       "No honest work of processors speeds up so: hold the backend against the contract tests before you "
       "believe it",
       false, [cells](const Cell& cell) { return too_fast(cell, cells); }},
      {"Executions that take much longer now and then",
       "Verdicts compare typical executions; where each one counts, look at wall_ns in samples.csv, which is "
       "the mean",
       true, [cells](const Cell& cell) { return stalls(cell, cells); }},
      {"Put off their cores by other processes",
       "Stop what else runs here, or give runoff cores of its own (taskset)", true,
       [cores](const Cell& cell) { return disturbed(cell, cores, true); }},
      {"Put off their cores by threads of their own backend",
       "It has more threads at work than workers, such as one that commands them: with a worker less it may "
       "be as fast",
       false, [cores](const Cell& cell) { return disturbed(cell, cores, false); }}};
  std::vector<Oddity> found;
  for (const Kind& kind : kinds) {
    Oddity oddity{kind.title, kind.advice, {}};
    for (const Cell& cell : cells) {
      if (kind.by_disturbance && disturbances_told && is_marked(cell)) continue;
      if (std::string text = kind.seen(cell); !text.empty()) oddity.seen.push_back({&cell, std::move(text)});
    }
    if (!oddity.seen.empty()) found.push_back(std::move(oddity));
  }
  return found;
}

std::vector<std::string> flags(std::span<const Cell> cells, const Names& names,
                               std::optional<std::int64_t> cores) {
  RunFlags of_run = run_flags(cells);
  std::vector<std::string> lines = std::move(of_run.lines);
  for (const Oddity& oddity : oddities(cells, cores, of_run.disturbances))
    lines.push_back(flag_text(oddity, names));
  return lines;
}

}  // namespace runoff
