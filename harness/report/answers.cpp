#include "report/answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "report/metg_text.h"
#include "report/prices_text.h"
#include "report/sentence.h"
#include "report/sweep_names.h"
#include "report/sweep_text.h"
#include "report/table.h"
#include "report/units.h"
#include "report/wrap.h"

namespace runoff {
namespace {

struct OfWorkload {
  std::string workload;
  PlainAnswer answer;
};

constexpr const char* indent = "  ";

std::string line(const std::string& about, const std::string& sentence, const Page& page) {
  return page.paint(Style::bold, about + ":") +
         wrapped(" " + sentence, indent, page.width(), width(about) + 1) + "\n";
}

}  // namespace

std::string grain_question(const GrainCurve& curve, const Names& names) {
  return fmt::format("{} by task size with {}", names.problem(curve.workload, curve.parameters),
                     workers_text(curve.workers));
}

std::vector<PlainAnswer> answers(const Findings& findings, const Names& names) {
  std::vector<OfWorkload> found;
  for (const Contest& contest : findings.contests)
    if (!findings.is_stop_of_a_sweep(contest))
      found.push_back({contest.problem->workload,
                       {names.problem(contest.problem->workload, contest.problem->parameters),
                        verdict_sentence(contest, names, findings.precision)}});
  for (const Crossover& map : findings.crossovers)
    found.push_back({map.workload, {crossover_name(map, names), crossover_sentence(map, names)}});
  for (const Sweep& sweep : findings.sweeps)
    if (!findings.is_part_of_a_crossover(sweep))
      found.push_back({sweep.workload, {sweep_name(sweep, names), reign_sentence(sweep, names)}});
  for (const auto& curves : by_question(findings.curves))
    found.push_back(
        {curves.front().workload, {grain_question(curves.front(), names), metg_sentence(curves, names)}});
  std::stable_sort(found.begin(), found.end(),
                   [](const OfWorkload& a, const OfWorkload& b) { return a.workload < b.workload; });
  std::vector<PlainAnswer> all;
  for (OfWorkload& one : found) all.push_back(std::move(one.answer));
  for (const PriceAnswer& one : price_answers(findings.prices, names))
    all.push_back({one.price, one.sentence});
  return all;
}

std::string answers_text(const Findings& findings, const Names& names, const Page& page) {
  std::string text;
  for (const PlainAnswer& answer : answers(findings, names))
    text += line(answer.about, answer.sentence, page);
  return text;
}

std::string left_out_text(const LoadedRun& run, const Page& page) {
  std::string text;
  for (const Omission& left : run.left_out)
    text += page.paint(Style::caution, wrapped(left.sentence, indent, page.width())) + "\n";
  if (!run.open.empty()) text += page.paint(Style::caution, wrapped(run.open, indent, page.width())) + "\n";
  return text;
}

}  // namespace runoff
