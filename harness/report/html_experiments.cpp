#include "report/html_experiments.h"

#include "report/experiments_text.h"
#include "support/json.h"

namespace runoff {

Json html_experiments(const LoadedRun& run, const Findings& findings, const Names& names,
                      const HtmlPlaces& places) {
  Json all = Json::array();
  for (const MadeAgain& experiment : run.experiments) {
    Json rows = Json::array();
    for (const MadeAgain::Row& row : experiment.rows) {
      Json entry = {{"label", names.backend(row.backend, row.variant)}, {"workers", row.workers}};
      if (!row.published.empty()) entry["published"] = row.published;
      if (const Cell* cell = cell_of(row, findings.cells)) entry["cell"] = places.of(*cell);
      rows.push_back(std::move(entry));
    }
    all.push_back({{"name", experiment.name},
                   {"about", experiment.about},
                   {"says", experiment.says},
                   {"rows", std::move(rows)}});
  }
  return all;
}

}  // namespace runoff
