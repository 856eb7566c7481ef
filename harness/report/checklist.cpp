#include "report/checklist.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "report/units.h"
#include "statistics/median.h"
#include "support/list.h"

namespace runoff {
namespace {

constexpr const char *yes = "yes", *partly = "partly", *no = "no", *not_asked = "not asked";

/// "3 of 40 cells".
std::string share(std::size_t some, std::size_t all, const char* what) {
  return fmt::format("{} of {} {}{}", some, all, what, all == 1 ? "" : "s");
}

RuleCheck base_case(const Findings& findings, const Names& names) {
  const char* rule = "Say what a speed-up is measured against, and how long that takes";
  std::vector<std::string> lacking;
  std::set<std::string> bases;
  for (const Contest& contest : findings.contests) {
    if (contest.reference == nullptr)
      lacking.push_back(names.problem(contest.problem->workload, contest.problem->parameters));
    else
      bases.insert(contest.problem->reference_name());
  }
  if (findings.contests.empty()) return {rule, not_asked, "Nothing is compared with serial here."};
  if (lacking.size() == findings.contests.size())
    return {rule, no, "There is no serial cell that is right, so no speed-up is given: --backends serial,…"};
  const std::string base = fmt::format(
      "The base is {}: the same kernel on one thread without a runtime. Its time stands beside each "
      "speed-up.",
      listed(std::vector<std::string>(bases.begin(), bases.end())));
  if (lacking.empty()) return {rule, yes, base};
  return {rule, partly,
          fmt::format("{} No speed-up is given for {}, which lacks it.", base, listed(lacking))};
}

RuleCheck subsets(const LoadedRun& run) {
  const char* rule = "Give a reason for each part of a suite or of the machine that is not used";
  std::string how = "What a backend cannot run, and what could not be measured, is named with its reason.";
  if (run.machine.cores) how += fmt::format(" Cells could use {} cores.", *run.machine.cores);
  if (run.left_out.empty()) return {rule, yes, how + " Nothing was left out."};
  return {rule, yes, how + " What was left out is listed with its reason."};
}

RuleCheck intervals(const Findings& findings) {
  const char* rule = "Give intervals of what is not deterministic";
  std::size_t measured = 0, without = 0;
  for (const SummaryRow& row : findings.summary) {
    if (!row.figures.median_ns) continue;
    ++measured;
    if (!row.figures.interval) ++without;
  }
  if (measured == 0) return {rule, no, "No cell was right in all of its samples."};
  if (without == measured)
    return {rule, no,
            fmt::format("No cell has {} samples, on which an interval at 95 % can rest: --samples {}.",
                        fewest_samples, fewest_samples)};
  const std::string how =
      "95 % intervals over processes: of times by bootstrap, of ratios and speed-ups by ranks, round by "
      "round.";
  if (without == 0) return {rule, yes, how};
  return {rule, partly,
          fmt::format("{} Too few samples for one: {}.", how, share(without, measured, "cell"))};
}

RuleCheck comparison(const Findings& findings) {
  const char* rule = "Compare in a statistically sound way";
  std::size_t judged = 0, open = 0;
  for (const Contest& contest : findings.contests)
    for (const SummaryRow& row : contest.rows) {
      if (row.judgement.verdict == Verdict::inconclusive || row.judgement.verdict == Verdict::too_few) ++open;
      if (row.judgement.rank) ++judged;
    }
  if (judged < 2) return {rule, not_asked, "Fewer than two backends could be compared."};
  const std::string left = open == 0   ? "none was left open"
                           : open == 1 ? "1 backend is left open, and said to be so"
                                       : fmt::format("{} backends are left open, and said to be so", open);
  return {
      rule, yes,
      fmt::format(
          "Samples of all cells are interleaved and compared round by round. Each backend is compared "
          "with the best, whichever it is, and the error is held for the whole table and for all looks at "
          "it; {}.",
          left)};
}

RuleCheck percentiles(const LoadedRun& run, const Findings& findings) {
  const char* rule = "Show other percentiles where the median does not tell enough";
  if (!run.latencies.empty())
    return {rule, yes, "Latencies of single tasks are shown from the median to the slowest."};
  const bool waits = std::any_of(findings.compared.begin(), findings.compared.end(),
                                 [](const Cell& cell) { return cell.problem.bound == "io"; });
  if (waits)
    return {rule, partly,
            "All samples are shown. Tasks wait here, but no latencies.csv tells how long each did."};
  return {rule, yes, "All samples are shown. No workload here has latencies that a person would wait for."};
}

RuleCheck documented(const LoadedRun& run) {
  const char* rule = "Document all factors, their levels, and the whole set-up";
  if (run.setup.groups.empty())
    return {rule, no, "There is no environment.json: keep it beside samples.csv."};
  if (run.setup.commit.empty() || run.setup.command_line.empty())
    return {rule, partly, "environment.json lacks the commit or the command line."};
  return {
      rule, yes,
      "Parameters, variants and workers name each cell; the machine, versions, settings, seed and command "
      "stand under Machine."};
}

RuleCheck upper_bounds(const Findings& findings) {
  const char* rule = "Show upper bounds of what could be reached";
  const bool scaled = std::any_of(findings.contests.begin(), findings.contests.end(),
                                  [](const Contest& contest) { return contest.reference != nullptr; });
  if (scaled) return {rule, yes, "Speed-ups stand beside the ideal one, as many times as there are workers."};
  if (!findings.curves.empty())
    return {rule, yes, "Efficiencies are shares of the best rate that was reached."};
  return {rule, not_asked, "Nothing here has a bound that is known."};
}

}  // namespace

std::vector<RuleCheck> checklist(const LoadedRun& run, const Findings& findings, const Names& names) {
  return {
      base_case(findings, names),
      subsets(run),
      {"Use the arithmetic mean for costs only, the harmonic mean for rates", yes,
       "Medians are taken over samples. Only the executions inside one sample are averaged: times, by the "
       "arithmetic mean."},
      {"Do not average ratios", yes,
       "A ratio is the median over pairs of rounds. Nothing is averaged over workloads."},
      intervals(findings),
      {"Do not assume that times are normally distributed", yes,
       "Medians, bootstrap and rank intervals assume no normal distribution. Nothing is removed as an "
       "outlier."},
      comparison(findings),
      percentiles(run, findings),
      documented(run),
      {"Say how parallel time is measured, synchronised and summarised", yes,
       "Wall time of one execution by a steady clock around the whole of it, of the slowest rank where ranks "
       "run "
       "it; the mean of the warm executions of a process; the median over processes."},
      upper_bounds(findings),
      {"Show what is needed to understand the result; draw lines only where what lies between has a meaning",
       yes, "All samples are in this page. Lines join only what a number was varied along."},
  };
}

}  // namespace runoff
