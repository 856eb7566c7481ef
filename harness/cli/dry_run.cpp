#include "cli/dry_run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "support/text.h"

namespace runoff {
namespace {

/// What runoff-cell measures at least; set-up and the first execution come on top.
constexpr std::chrono::milliseconds measured_each{50};

}  // namespace

void print_dry_run(const Plan& plan, std::optional<std::chrono::nanoseconds> budget) {
  fmt::print("cells\n");
  for (std::size_t i = 0; i < plan.cells.size(); ++i) {
    const PlannedCell& cell = plan.cells[i];
    fmt::print("  {:>4}  {}{}{}\n", i + 1, cell.label, cell.parameters.empty() ? "" : "  ", cell.parameters);
  }
  fmt::print("order (seed {})\n", plan.seed);
  const unsigned sure = plan.looks.empty() ? plan.samples : plan.looks.front();
  for (unsigned round = 0; round < sure; ++round) {
    std::vector<std::size_t> numbers = plan.round(round);
    for (auto& number : numbers) ++number;
    fmt::print("  sample {}: {}\n", round + 1, fmt::join(numbers, " "));
  }
  if (!plan.looks.empty())
    fmt::print("  after {} samples: only cells that still decide a verdict\n", fmt::join(plan.looks, ", "));
  const std::size_t total = plan.cells.size() * sure;
  fmt::print("{} cells x {} samples = {} samples{}, at least {}", plan.cells.size(), sure, total,
             plan.looks.empty()
                 ? ""
                 : fmt::format(", and up to {} of each where a verdict needs them", plan.samples),
             format_time(measured_each * total));
  fmt::print("{}\n", budget ? " and at most " + format_time(*budget) : "");
}

}  // namespace runoff
