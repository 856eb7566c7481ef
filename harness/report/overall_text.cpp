#include "report/overall_text.h"

#include <fmt/format.h>

#include <cmath>

#include "report/table.h"
#include "report/units.h"
#include "report/wrap.h"

namespace runoff {

std::string overall_text(std::span<const Contest> contests, const Names& names, const Page& page) {
  const std::vector<Overall> all =
      overall(contests, [&names](const Cell& cell) { return names.backend(cell.backend, cell.variant); });
  if (all.size() < 2) return {};
  Table table({Align::left, Align::right, Align::left, Align::right});
  table.add({{"backend", Style::dim},
             {"times the best", Style::dim},
             {"surely", Style::dim},
             {"best or tied", Style::dim}});
  for (const Overall& one : all) {
    const bool bounded = std::isfinite(one.times.high);
    table.add({{one.name},
               {ratio_text(one.times.value) + " ×"},
               {bounded ? fmt::format("{} – {}", ratio_text(one.times.low), ratio_text(one.times.high)) : "",
                Style::dim},
               {fmt::format("{} of {}", one.best_in, one.contests)}});
  }
  const std::string note =
      "Geometric means of the times to the best of each problem, of backends that are ranked in all of them; "
      "the least is "
      "not the best for any one problem.";
  return page.paint(Style::bold, fmt::format("over all {} problems", all.front().contests)) + "\n" +
         table.text(page) + "  " + page.paint(Style::dim, wrapped(note, "  ", page.width(), 2)) + "\n";
}

}  // namespace runoff
