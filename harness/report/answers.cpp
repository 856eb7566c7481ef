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

struct Answer {
  std::string workload;
  std::string about;
  std::string sentence;
};

constexpr const char* indent = "  ";

std::string line(const std::string& about, const std::string& sentence, const Page& page) {
  return page.paint(Style::bold, about + ":") +
         wrapped(" " + sentence, indent, page.width(), width(about) + 1) + "\n";
}

}  // namespace

std::string answers_text(const Findings& findings, const Names& names, const Page& page) {
  std::vector<Answer> answers;
  for (const Contest& contest : findings.contests)
    if (!findings.is_stop_of_a_sweep(contest))
      answers.push_back({contest.problem->workload,
                         names.problem(contest.problem->workload, contest.problem->parameters),
                         verdict_sentence(contest, names)});
  for (const Sweep& sweep : findings.sweeps)
    answers.push_back({sweep.workload, sweep_name(sweep, names), reign_sentence(sweep, names)});
  for (const auto& curves : by_question(findings.curves)) {
    const GrainCurve& first = curves.front();
    answers.push_back({first.workload,
                       fmt::format("{} by task size with {}", names.problem(first.workload, first.parameters),
                                   workers_text(first.workers)),
                       metg_sentence(curves, names)});
  }
  std::stable_sort(answers.begin(), answers.end(),
                   [](const Answer& a, const Answer& b) { return a.workload < b.workload; });
  std::string text;
  for (const Answer& answer : answers) text += line(answer.about, answer.sentence, page);
  for (const PriceAnswer& answer : price_answers(findings.prices, names))
    text += line(answer.price, answer.sentence, page);
  return text;
}

std::string left_out_text(const LoadedRun& run, const Page& page) {
  std::string text;
  for (const Omission& left : run.left_out)
    text += page.paint(Style::caution, wrapped(left.sentence, indent, page.width())) + "\n";
  return text;
}

}  // namespace runoff
