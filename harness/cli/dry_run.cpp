#include "cli/dry_run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>

#include "cli/commands.h"
#include "cli/left_out.h"
#include "cli/measuring.h"
#include "cli/terminal.h"
#include "plan/parts.h"
#include "process/interruption.h"
#include "run/trial.h"
#include "support/json.h"
#include "support/standard_streams.h"
#include "support/text.h"

namespace runoff {
namespace {

/// For a sample of each cell.
constexpr std::chrono::seconds most_trying{20};

unsigned sure_samples(const Plan& plan) { return plan.looks.empty() ? plan.samples : plan.looks.front(); }

/// Which cells are measured after which: of a long plan, thousands of numbers.
void print_order(const Plan& plan) {
  for (unsigned round = 0; round < sure_samples(plan); ++round) {
    std::vector<std::size_t> numbers = plan.round(round);
    for (auto& number : numbers) ++number;
    fmt::print("  sample {}: {}\n", round + 1, fmt::join(numbers, " "));
  }
}

void print_plan(const Plan& plan, bool with_order) {
  fmt::print("cells\n");
  for (std::size_t i = 0; i < plan.cells.size(); ++i) {
    const PlannedCell& cell = plan.cells[i];
    fmt::print("  {:>4}  {}{}{}\n", i + 1, cell.label, cell.parameters.empty() ? "" : "  ", cell.parameters);
  }
  fmt::print("order (seed {}){}\n", plan.seed, with_order ? "" : ": --all prints it");
  if (with_order) print_order(plan);
  if (!plan.looks.empty())
    fmt::print("  after {} samples: only cells that still decide a verdict\n", fmt::join(plan.looks, ", "));
  fmt::print("{} cells x {} samples = {} samples{}\n", plan.cells.size(), sure_samples(plan),
             plan.cells.size() * sure_samples(plan),
             plan.looks.empty()
                 ? ""
                 : fmt::format(", and up to {} of each where a verdict needs them", plan.samples));
}

/// "1, 2, 4, 8, 16 (one memory node), 32".
std::string numbers_text(const Plan& plan, const Machine& machine) {
  std::set<unsigned> numbers;
  for (const PlannedCell& cell : plan.cells) numbers.insert(cell.workers);
  std::vector<std::string> texts;
  for (const unsigned number : numbers) {
    std::string text = std::to_string(number);
    for (const Boundary& one : machine.boundaries)
      if (one.workers == number) text += fmt::format(" ({})", one.name);
    texts.push_back(std::move(text));
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

/// Of a machine that is not here, whose cells cannot be tried: what fits a budget if samples take as long as
/// this. In the reference run one took 0.18 s, with 2 workers mostly.
constexpr std::chrono::milliseconds assumed_sample{500};

/// The parts that would be left out, the least important ones.
std::vector<unsigned> parts_beyond(const Plan& plan, std::chrono::nanoseconds budget) {
  std::map<unsigned, std::chrono::nanoseconds> parts;
  for (const PlannedCell& cell : plan.cells) parts[cell.part] += sure_samples(plan) * assumed_sample;
  std::vector<unsigned> beyond;
  for (const auto& [part, time] : parts)
    if (time <= budget)
      budget -= time;
    else
      beyond.push_back(part);
  return beyond;
}

std::string untried_text(const Plan& plan, std::optional<std::chrono::nanoseconds> budget) {
  const auto all = plan.cells.size() * sure_samples(plan) * assumed_sample;
  std::string text = fmt::format(
      "nothing was tried, since HWLOC_SYNTHETIC or HWLOC_XMLFILE tells of another machine; at {} a sample it "
      "is {}",
      format_time(assumed_sample), format_time(std::chrono::round<std::chrono::seconds>(all)));
  if (!budget) return text;
  const auto beyond = parts_beyond(plan, *budget);
  if (beyond.empty())
    text += fmt::format(", which fits the budget of {}", format_time(*budget));
  else
    text += fmt::format("; the budget of {} would leave out {}", format_time(*budget),
                        name_parts(plan.cells, beyond));
  return text;
}

/// "about 48 s", "48 s to 90 s, the budget".
std::string time_text(const Trial& trial, const Plan& plan, std::optional<std::chrono::nanoseconds> budget) {
  const auto least = trial.rounds(plan, sure_samples(plan));
  const auto most = plan.looks.empty() ? least : trial.rounds(plan, plan.samples);
  if (budget && *budget < least)
    return fmt::format("{}, the budget, and {} without one", format_time(*budget), format_time(least));
  if (plan.looks.empty()) return "about " + format_time(least);
  if (budget && *budget < most)
    return fmt::format("{} to {}, the budget", format_time(least), format_time(*budget));
  return fmt::format("{} to {}", format_time(least), format_time(most));
}

}  // namespace

int dry_run(const Prepared& run, const RunOptions& options) {
  for (const Missing& one : run.missing) warn(describe_missing(one).at("sentence").get<std::string>());
  print_plan(run.plan, options.all || !is_terminal(stdout));
  fmt::print("workers: {}\n", numbers_text(run.plan, run.machine));
  std::set<std::size_t> skipped;
  for (const auto& [cell, why] : run.without_room()) {
    skipped.insert(cell);
    fmt::print("skipped: {}, {}\n", run.plan.cells[cell].label, why);
  }
  std::fflush(stdout);  // what comes takes seconds
  if (!run.machine.here) {
    fmt::print("time: {}\n", untried_text(run.plan, run.budget));
    return exit_well;
  }
  Interruption::install();
  CellsAtWork cells(run, options);
  const Trial trial = try_out(run.plan, skipped, cells.runner(), Budget(most_trying));
  if (trial.interrupted) return exit_interrupted;
  const std::size_t all = run.plan.cells.size() - skipped.size();
  fmt::print("time: {} (by one sample of {}, not kept)\n", time_text(trial, run.plan, run.budget),
             trial.tried == all ? "each cell" : fmt::format("{} of {} cells", trial.tried, all));
  return exit_well;
}

}  // namespace runoff
