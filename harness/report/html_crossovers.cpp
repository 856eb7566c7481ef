#include "report/html_crossovers.h"

#include "report/sweep_names.h"
#include "support/json.h"

namespace runoff {
namespace {

Json point_of(const Stop& stop, const Sweep& sweep, const Names& names, const HtmlPlaces& places) {
  const CrossoverPoint point(stop);
  Json open = Json::array();
  for (const Placed* one : point.open) open.push_back(choice_name(one->choice, sweep, names));
  return {{"value", stop.value},
          {"number", stop.number},
          {"cell", places.of(*point.best.cell)},
          {"label", choice_name(point.best.choice, sweep, names)},
          {"verdict", point.best.judgement.word},
          {"settled", point.settled},
          {"open", std::move(open)}};
}

}  // namespace

Json html_crossovers(const Findings& findings, const Names& names, const HtmlPlaces& places) {
  Json all = Json::array();
  for (const Crossover& map : findings.crossovers) {
    Json rows = Json::array();
    for (const auto& [number, row] : map.rows) {
      Json points = Json::array();
      for (const Stop& stop : row.sweep->stops) points.push_back(point_of(stop, *row.sweep, names, places));
      rows.push_back({{"value", row.value}, {"points", std::move(points)}});
    }
    all.push_back({{"name", crossover_name(map, names)},
                   {"across", map.across},
                   {"up", map.up},
                   {"sentence", crossover_sentence(map, names)},
                   {"rows", std::move(rows)}});
  }
  return all;
}

}  // namespace runoff
