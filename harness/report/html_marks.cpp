#include "report/html_marks.h"

#include "report/cell_marks.h"
#include "support/json.h"

namespace runoff {

Json html_marks(const LoadedRun& run, const Findings& findings, const Names& names, const HtmlPlaces& places,
                Json& cells) {
  Json all = Json::array();
  for (const CellMark& mark : cell_marks(run, findings, names)) {
    for (const Oddity::Seen& one : mark.seen)
      cells[places.of(*one.cell)]["marks"].push_back({all.size(), one.text});
    all.push_back({{"title", mark.title}, {"advice", mark.advice}});
  }
  return all;
}

}  // namespace runoff
