#include "report/html_explained.h"

#include <algorithm>
#include <cmath>

#include "explain/explanations_csv.h"
#include "support/json.h"

namespace runoff {
namespace {

bool is_about(const Explanation& one, const Cell& cell) {
  return one.workload == cell.problem.workload && one.parameters == cell.problem.parameters &&
         one.backend == cell.backend && one.variant == cell.variant && one.workers == cell.workers;
}

Json explained_data(const Explanation& one, std::size_t place) {
  Json about{{"cell", place}, {"cause", one.cause}, {"sentence", one.sentence}};
  const double all = one.analysis.parts.sum();
  Json& parts = about["parts"] = Json::object();
  each_part(one.analysis.parts, [&](const char* name, double part) {
    // A share of less than a thousandth shows in no picture.
    if (all > 0 && part / all >= 0.001) parts[name] = std::round(part / all * 1000) / 1000;
  });
  if (!one.analysis.timeline.empty()) {
    about["timeline"] = one.analysis.timeline;
    about["wall"] = std::llround(one.analysis.wall_ns);
  }
  return about;
}

}  // namespace

Json html_explained(const std::filesystem::path& folder, const Findings& findings, const HtmlPlaces& places) {
  Json all = Json::array();
  const auto file = folder / "explain.csv";
  if (!damage_of_explanations(file).empty()) return all;  // it is told of where the page is written
  for (const Explanation& one : read_explanations(file)) {
    const auto cell = std::find_if(findings.cells.begin(), findings.cells.end(),
                                   [&one](const Cell& each) { return is_about(one, each); });
    if (cell != findings.cells.end()) all.push_back(explained_data(one, places.of(*cell)));
  }
  return all;
}

}  // namespace runoff
