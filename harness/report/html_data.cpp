#include "report/html_data.h"

#include "report/answers.h"
#include "report/checklist.h"
#include "report/flags.h"
#include "report/html_cells.h"
#include "report/html_crossovers.h"
#include "report/html_experiments.h"
#include "report/html_explained.h"
#include "report/html_marks.h"
#include "report/html_views.h"
#include "support/json.h"

namespace runoff {
namespace {

Json answers_data(const Findings& findings, const Names& names) {
  Json all = Json::array();
  for (const PlainAnswer& answer : answers(findings, names))
    all.push_back({{"about", answer.about}, {"sentence", answer.sentence}});
  return all;
}

Json setup_data(const RunSetup& setup) {
  Json groups = Json::array();
  for (const RunSetup::Group& group : setup.groups) {
    Json facts = Json::array();
    for (const RunSetup::Fact& fact : group.facts) facts.push_back({fact.name, fact.text});
    groups.push_back({{"title", group.title}, {"facts", std::move(facts)}});
  }
  return groups;
}

Json checklist_data(const LoadedRun& run, const Findings& findings, const Names& names) {
  Json all = Json::array();
  for (const RuleCheck& check : checklist(run, findings, names))
    all.push_back({{"rule", check.rule}, {"met", check.met}, {"how", check.how}});
  return all;
}

Json warnings_data(const LoadedRun& run, const Findings& findings, const Names& names) {
  Json all = flags(findings.compared, names, run.machine.cores);
  for (const std::string& sentence : run.unequal_terms) all.push_back(sentence + ".");
  if (run.torn)
    all.push_back("The last row of samples.csv has no line end, so it may be cut short, and was left out.");
  if (all.is_null()) all = Json::array();
  return all;
}

Json left_out_data(const LoadedRun& run) {
  Json all = Json::array();
  for (const Omission& left : run.left_out) all.push_back(left.sentence);
  return all;
}

}  // namespace

Json html_data(const LoadedRun& run, const Findings& findings, const Names& names) {
  const HtmlPlaces places(findings);
  Json data = {{"name", run.samples.front().run},
               {"started", run.machine.started},
               {"machine", run.machine.text()},
               {"answers", answers_data(findings, names)},
               {"experiments", html_experiments(run, findings, names, places)},
               {"problems", html_problems(findings, names, places)},
               {"cells", html_cells(run, findings, names, places)},
               {"weakScaling", html_weak_scaling(findings, names)},
               {"hostScaling", html_host_scaling(findings, names)},
               {"sweeps", html_sweeps(findings, names, places)},
               {"crossovers", html_crossovers(findings, names, places)},
               {"curves", html_curves(findings, names)},
               {"prices", html_prices(findings, names, places)},
               {"setup", setup_data(run.setup)},
               {"warnings", warnings_data(run, findings, names)},
               {"leftOut", left_out_data(run)},
               {"open", run.open},
               {"checklist", checklist_data(run, findings, names)}};
  data["marks"] = html_marks(run, findings, names, places, data["cells"]);
  if (Json explained = html_explained(run.folder, findings, places); !explained.empty())
    data["explained"] = std::move(explained);
  if (run.machine.cores) data["cores"] = *run.machine.cores;
  data["boundaries"] = Json::array();
  for (const Boundary& one : run.machine.boundaries) data["boundaries"].push_back({one.workers, one.name});
  return data;
}

}  // namespace runoff
