#include "cli/settled_answers.h"

#include <algorithm>

#include "report/names.h"
#include "report/sentence.h"
#include "statistics/prices.h"
#include "statistics/summary.h"

namespace runoff {
namespace {

bool is_settled(const Contest& contest) {
  const auto ranked = [](const SummaryRow& row) { return row.judgement.rank.has_value(); };
  const auto open = [](const SummaryRow& row) { return row.judgement.verdict == Verdict::inconclusive; };
  return std::any_of(contest.rows.begin(), contest.rows.end(), ranked) &&
         std::none_of(contest.rows.begin(), contest.rows.end(), open);
}

}  // namespace

SettledAnswers::SettledAnswers(const Prepared& run) : rules_{run.plan.precision, Looks(run.plan.looks)} {
  for (const auto* workload : run.workloads())
    if (!workload->reference.empty()) references_[workload->name] = workload->reference;
}

std::vector<std::string> SettledAnswers::more(const Progress& progress, std::span<const Sample> samples) {
  if (progress.settled <= settled_) return {};
  settled_ = progress.settled;
  std::vector<Cell> cells = gather_cells(std::vector<Sample>(samples.begin(), samples.end()), references_);
  std::erase_if(cells, [](const Cell& cell) { return is_priced(cell); });
  const Names names(samples);
  std::vector<std::string> answers;
  for (const Contest& contest : contests(cells, rules_)) {
    if (!is_settled(contest) || !told_.insert(*contest.problem).second) continue;
    answers.push_back(names.problem(contest.problem->workload, contest.problem->parameters) + ": " +
                      verdict_sentence(contest, names, rules_.precision));
  }
  return answers;
}

}  // namespace runoff
