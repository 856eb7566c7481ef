#include "plan/experiments.h"

#include <algorithm>

#include "support/errors.h"
#include "support/json.h"

namespace runoff {
namespace {

/// The cells of one selection, as they are among `cells`; none where what it names is not there.
std::vector<PlannedCell> cells_among(const Catalog& catalog, const Selection& selection,
                                     std::span<const std::string> settings, const ChoiceRules& rules,
                                     std::span<const PlannedCell> cells) {
  std::vector<PlannedCell> found;
  try {
    for (const PlannedCell& one : choose_cells(catalog, std::span(&selection, 1), settings, rules).cells) {
      const auto same = std::find_if(cells.begin(), cells.end(),
                                     [&one](const PlannedCell& other) { return is_same_point(one, other); });
      if (same != cells.end()) found.push_back(*same);
    }
  } catch (const UsageError&) {
    // Nothing is left of it on this machine.
  }
  return found;
}

/// "X@4" as the selection of X with 4 workers.
Selection only(Selection selection, const std::string& backend) {
  const std::size_t at = backend.find('@');
  selection.backends = {backend.substr(0, at)};
  if (at != backend.npos) selection.workers = {backend.substr(at + 1)};
  return selection;
}

}  // namespace

std::vector<Experiment> find_experiments(const Catalog& catalog, std::span<const Selection> selections,
                                         std::span<const std::string> settings, const ChoiceRules& rules,
                                         std::span<const PlannedCell> cells) {
  std::vector<Experiment> experiments;
  for (const Selection& selection : selections) {
    if (!selection.published) continue;
    const Published& published = *selection.published;
    Experiment experiment{published.experiment, published.about, published.says, {}};
    for (PlannedCell& cell : cells_among(catalog, selection, settings, rules, cells))
      experiment.rows.push_back({std::move(cell), {}});
    for (const auto& [backend, figure] : published.by_backend)
      for (const PlannedCell& cell : cells_among(catalog, only(selection, backend), settings, rules, cells))
        for (Experiment::Row& row : experiment.rows)
          if (is_same_point(row.cell, cell)) row.published = figure;
    if (!experiment.rows.empty()) experiments.push_back(std::move(experiment));
  }
  return experiments;
}

Json to_json(std::span<const Experiment> experiments) {
  Json all = Json::array();
  for (const Experiment& experiment : experiments) {
    Json rows = Json::array();
    for (const auto& [cell, published] : experiment.rows)
      rows.push_back({{"workload", cell.workload},
                      {"parameters", cell.parameters},
                      {"backend", cell.backend},
                      {"variant", cell.variant},
                      {"workers", cell.workers},
                      {"published", published}});
    all.push_back({{"experiment", experiment.name},
                   {"about", experiment.about},
                   {"says", experiment.says},
                   {"rows", std::move(rows)}});
  }
  return all;
}

}  // namespace runoff
