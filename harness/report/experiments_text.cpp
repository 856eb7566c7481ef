#include "report/experiments_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/names.h"
#include "report/table.h"
#include "report/units.h"
#include "report/wrap.h"
#include "statistics/bootstrap.h"
#include "statistics/median.h"

namespace runoff {

const Cell* cell_of(const MadeAgain::Row& row, std::span<const Cell> cells) {
  const auto found = std::find_if(cells.begin(), cells.end(), [&row](const Cell& cell) {
    return cell.problem.workload == row.workload && cell.problem.parameters == row.parameters &&
           cell.backend == row.backend && cell.variant == row.variant && cell.workers == row.workers;
  });
  return found == cells.end() ? nullptr : &*found;
}

namespace {

Table::Row row_text(const MadeAgain::Row& row, std::span<const Cell> cells) {
  const Cell* cell = cell_of(row, cells);
  Table::Row fields{{""}, {row.backend + spelled(row.variant)}, {std::to_string(row.workers)}};
  if (cell == nullptr || cell->status != Status::ok || cell->wall.size() == 0) {
    fields.insert(
        fields.end(),
        {{cell == nullptr ? "not measured" : std::string(to_string(cell->status)), Style::caution}, {""}});
  } else {
    const double middle = median(cell->wall.values);
    std::string interval;
    if (cell->wall.size() >= fewest_samples) {
      const Estimate estimate = median_estimate(cell->wall);
      interval = fmt::format("{} – {}", time_text(estimate.low), time_text(estimate.high));
    }
    fields.insert(fields.end(), {{time_text(middle), Style::bold}, {interval, Style::dim}});
  }
  fields.push_back({row.published});
  return fields;
}

}  // namespace

std::string experiments_text(std::span<const MadeAgain> experiments, std::span<const Cell> cells,
                             const Page& page) {
  if (experiments.empty()) return {};
  std::string text = page.paint(Style::bold, "Published experiments, made again") + "\n";
  Table table({Align::left, Align::left, Align::right, Align::right, {Align::left, 1}, Align::left});
  table.add({{""},
             {"backend", Style::dim},
             {"workers", Style::dim},
             {"here", Style::dim},
             {"95 % interval", Style::dim},
             {"published", Style::dim}});
  for (const MadeAgain& experiment : experiments) {
    table.add({{experiment.name, Style::bold},
               {experiment.about + (experiment.says.empty() ? "" : "; published: " + experiment.says)}});
    for (const MadeAgain::Row& row : experiment.rows) table.add(row_text(row, cells));
  }
  return text + table.text(page) + "\n";
}

}  // namespace runoff
