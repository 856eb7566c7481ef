#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "plan/choose_cells.h"

namespace runoff {

/// A published experiment and the cells that make it again.
struct Experiment {
  struct Row {
    PlannedCell cell;
    std::string published;  ///< the figure that was given for it; may be empty
  };
  std::string name, about, says;
  std::vector<Row> rows;
};

/// Of those selections that make one again, with their cells as they are in `cells`.
std::vector<Experiment> find_experiments(const Catalog& catalog, std::span<const Selection> selections,
                                         std::span<const std::string> settings, const ChoiceRules& rules,
                                         std::span<const PlannedCell> cells);

/// As environment.json has them.
nlohmann::ordered_json to_json(std::span<const Experiment> experiments);

}  // namespace runoff
