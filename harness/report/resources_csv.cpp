#include "report/resources_csv.h"

#include <array>

#include "record/csv.h"
#include "report/fields.h"
#include "statistics/median.h"

namespace runoff {
namespace {

/// Empty where no sample knows it.
std::string middle(const Cell& cell, Sample::Number Sample::*number) {
  std::vector<double> known;
  for (const Sample& sample : cell.samples)
    if (sample.status == Status::ok && sample.*number)
      known.push_back(static_cast<double>(*(sample.*number)));
  return known.empty() ? std::string() : fmt::format("{:.0f}", median(known));
}

}  // namespace

std::string resources_csv(const Findings& findings, const Names& names) {
  constexpr std::array numbers{&Sample::wall_ns,
                               &Sample::cpu_ns,
                               &Sample::cold_ns,
                               &Sample::startup_ns,
                               &Sample::peak_memory_bytes,
                               &Sample::voluntary_switches,
                               &Sample::involuntary_switches};
  std::string text = csv_line(CsvRow{"workload", "parameters", "backend", "variant", "workers", "n",
                                     "wall_ns", "cpu_ns", "cold_ns", "startup_ns", "peak_memory_bytes",
                                     "voluntary_switches", "involuntary_switches", "problem", "label"});
  for (const SummaryRow& row : findings.summary) {
    const Cell& cell = *row.cell;
    if (cell.status != Status::ok || cell.wall.size() == 0) continue;
    CsvRow fields{cell.problem.workload, cell.problem.parameters,      cell.backend,
                  cell.variant,          std::to_string(cell.workers), whole(cell.wall.size())};
    for (const auto number : numbers) fields.push_back(middle(cell, number));
    fields.push_back(names.problem(cell.problem.workload, cell.problem.parameters));
    fields.push_back(names.backend(cell.backend, cell.variant));
    text += csv_line(fields);
  }
  return text;
}

}  // namespace runoff
