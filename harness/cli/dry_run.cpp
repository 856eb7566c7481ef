#include "cli/dry_run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "cli/commands.h"
#include "cli/left_out.h"
#include "cli/measuring.h"
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

void print_plan(const Plan& plan) {
  fmt::print("cells\n");
  for (std::size_t i = 0; i < plan.cells.size(); ++i) {
    const PlannedCell& cell = plan.cells[i];
    fmt::print("  {:>4}  {}{}{}\n", i + 1, cell.label, cell.parameters.empty() ? "" : "  ", cell.parameters);
  }
  fmt::print("order (seed {})\n", plan.seed);
  for (unsigned round = 0; round < sure_samples(plan); ++round) {
    std::vector<std::size_t> numbers = plan.round(round);
    for (auto& number : numbers) ++number;
    fmt::print("  sample {}: {}\n", round + 1, fmt::join(numbers, " "));
  }
  if (!plan.looks.empty())
    fmt::print("  after {} samples: only cells that still decide a verdict\n", fmt::join(plan.looks, ", "));
  fmt::print("{} cells x {} samples = {} samples{}\n", plan.cells.size(), sure_samples(plan),
             plan.cells.size() * sure_samples(plan),
             plan.looks.empty()
                 ? ""
                 : fmt::format(", and up to {} of each where a verdict needs them", plan.samples));
  std::fflush(stdout);  // what comes takes seconds
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
  print_plan(run.plan);
  Interruption::install();
  CellsAtWork cells(run, options);
  const Trial trial = try_out(run.plan, cells.runner(), Budget(most_trying));
  if (trial.interrupted) return exit_interrupted;
  const std::size_t all = run.plan.cells.size();
  fmt::print("time: {} (by one sample of {}, not kept)\n", time_text(trial, run.plan, run.budget),
             trial.tried == all ? "each cell" : fmt::format("{} of {} cells", trial.tried, all));
  return exit_well;
}

}  // namespace runoff
