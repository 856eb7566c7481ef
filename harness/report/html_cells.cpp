#include "report/html_cells.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "report/repeat_command.h"
#include "support/json.h"

namespace runoff {
namespace {

/// Whole nanoseconds.
Json whole_ns(double ns) { return std::llround(ns); }
Json ends(const Estimate& interval) { return Json::array({whole_ns(interval.low), whole_ns(interval.high)}); }

/// Six digits are more than any sample has.
double digits(double value) {
  if (value == 0 || !std::isfinite(value)) return value;
  const double scale = std::pow(10, 5 - std::floor(std::log10(std::abs(value))));
  return std::round(value * scale) / scale;
}
Json ratio_ends(const Estimate& interval) {
  return Json::array({digits(interval.low), digits(interval.high)});
}

/// One number of each sample, null where it is not known; nothing where no sample knows it.
template <class Number>
void add_numbers(Json& columns, const char* name, const Cell& cell, Number number) {
  Json values = Json::array();
  bool any = false;
  for (const Sample& sample : cell.samples) {
    const Sample::Number known = std::invoke(number, sample);
    values.push_back(known ? Json(*known) : Json());
    any = any || known;
  }
  if (any) columns[name] = std::move(values);
}

/// Words of each sample; nothing where all are the usual ones.
template <class Word>
void add_words(Json& columns, const char* name, const Cell& cell, std::string_view usual, Word word) {
  Json values = Json::array();
  bool any = false;
  for (const Sample& sample : cell.samples) {
    values.push_back(std::string(word(sample)));
    any = any || word(sample) != usual;
  }
  if (any) columns[name] = std::move(values);
}

Json samples_of(const Cell& cell) {
  Json columns = Json::object();
  Json rounds = Json::array();
  for (const Sample& sample : cell.samples) rounds.push_back(sample.sample);
  columns["round"] = std::move(rounds);
  add_words(columns, "status", cell, "ok", [](const Sample& sample) { return to_string(sample.status); });
  add_words(columns, "detail", cell, "",
            [](const Sample& sample) { return std::string_view(sample.detail); });
  add_words(columns, "disturbed", cell, "",
            [](const Sample& sample) { return std::string_view(sample.disturbed_by); });
  add_numbers(columns, "wall", cell, compared_ns);
  add_numbers(columns, "cold", cell, &Sample::cold_ns);
  add_numbers(columns, "startup", cell, &Sample::startup_ns);
  add_numbers(columns, "cpu", cell, &Sample::cpu_ns);
  add_numbers(columns, "memory", cell, &Sample::peak_memory_bytes);
  add_numbers(columns, "waited", cell, &Sample::voluntary_switches);
  add_numbers(columns, "displaced", cell, &Sample::involuntary_switches);
  add_numbers(columns, "seen", cell, &Sample::workers_seen);
  if (std::any_of(cell.samples.begin(), cell.samples.end(),
                  [](const Sample& sample) { return sample.bytes_copied.value_or(0) > 0; }))
    add_numbers(columns, "copied", cell, &Sample::bytes_copied);
  return columns;
}

/// Of many shares those that a curve needs: all of the slow end, and below 90 % each twentieth.
Json curve_of(const LatencyCurve& curve) {
  Json points = Json::array();
  double shown = -1;
  for (const LatencyCurve::Point& point : curve.points) {
    if (curve.points.size() > 30 && point.quantile < 0.9 && point.quantile < shown + 0.0499) continue;
    shown = point.quantile;
    points.push_back(Json::array({point.quantile, whole_ns(point.ns)}));
  }
  return points;
}

/// The part that a cell plays in the contest of its problem.
struct Role {
  const SummaryRow* row = nullptr;
  std::size_t place = 0;
  double least_ns = 0;  ///< of those that can be compared; of all that were measured where none can
};

double least_of(const Contest& contest) {
  double least = 0, of_any = 0;
  const auto take = [](double& so_far, double value) {
    so_far = so_far == 0 ? value : std::min(so_far, value);
  };
  for (const SummaryRow& row : contest.rows) {
    if (!row.figures.median_ns) continue;
    take(of_any, *row.figures.median_ns);
    if (row.judgement.rank) take(least, *row.figures.median_ns);
  }
  return least > 0 ? least : of_any;
}

std::map<std::size_t, Role> roles_of(const Findings& findings, const HtmlPlaces& places) {
  std::map<std::size_t, Role> roles;
  for (const Cell& cell : findings.contested) roles[places.of(cell)] = {};
  for (const Contest& contest : findings.contests) {
    std::size_t place = 0;
    for (const SummaryRow& row : contest.rows)
      roles[places.of(*row.cell)] = {&row, ++place, least_of(contest)};
  }
  return roles;
}

Json figures_of(const SummaryRow& row) {
  Json known = {{"n", row.figures.n}};
  if (row.figures.median_ns) known["median"] = whole_ns(*row.figures.median_ns);
  if (row.figures.interval) known["interval"] = ends(*row.figures.interval);
  // A time of 0 ns, which a table edited by hand may have, makes ratios that are no numbers.
  if (row.figures.speedup && std::isfinite(*row.figures.speedup))
    known["speedup"] = digits(*row.figures.speedup);
  if (row.figures.speedup_interval) known["speedupInterval"] = ratio_ends(*row.figures.speedup_interval);
  if (row.figures.efficiency && std::isfinite(*row.figures.efficiency))
    known["efficiency"] = digits(*row.figures.efficiency);
  return known;
}

void add_role(Json& about, const Role& role) {
  if (role.row == nullptr) {
    about["contest"] = "outdone";
    return;
  }
  about["contest"] = role.row->judgement.word;
  about["place"] = role.place;
  if (role.row->figures.median_ns && role.least_ns > 0)
    about["times"] = digits(*role.row->figures.median_ns / role.least_ns);
  if (role.row->judgement.ratio) about["timesInterval"] = ratio_ends(*role.row->judgement.ratio);
}

}  // namespace

HtmlPlaces::HtmlPlaces(const Findings& findings) {
  for (const SummaryRow& row : findings.summary) {
    cells_.emplace(identity(*row.cell), cells_.size());
    problems_.emplace(row.cell->problem, problems_.size());
  }
}

std::size_t HtmlPlaces::of(const Cell& cell) const { return cells_.at(identity(cell)); }

std::vector<const Problem*> HtmlPlaces::problems() const {
  std::vector<const Problem*> all(problems_.size());
  for (const auto& [problem, place] : problems_) all[place] = &problem;
  return all;
}

Json html_cells(const LoadedRun& run, const Findings& findings, const Names& names,
                const HtmlPlaces& places) {
  using Identity = std::tuple<std::string, std::string, std::string, std::string, std::int64_t>;
  std::map<Identity, const LatencyCurve*> curves;
  for (const LatencyCurve& curve : run.latencies)
    curves[{curve.workload, curve.parameters, curve.backend, curve.variant, curve.workers}] = &curve;
  const std::map<std::size_t, Role> roles = roles_of(findings, places);

  Json all = Json::array();
  for (const SummaryRow& row : findings.summary) {
    const Cell& cell = *row.cell;
    Json about = {{"problem", places.of(cell.problem)},
                  {"label", names.backend(cell.backend, cell.variant)},
                  {"backend", cell.backend},
                  {"variant", cell.variant},
                  {"workers", cell.workers}};
    if (cell.concurrency != cell.workers) about["concurrency"] = cell.concurrency;
    about["verdict"] = row.judgement.word;
    if (row.judgement.rank) about["rank"] = *row.judgement.rank;
    if (const auto role = roles.find(all.size()); role != roles.end()) add_role(about, role->second);
    about.update(figures_of(row));
    about["command"] = repeat_command(cell, run.setup);
    about["samples"] = samples_of(cell);
    const auto curve = curves.find(
        {cell.problem.workload, cell.problem.parameters, cell.backend, cell.variant, cell.workers});
    if (curve != curves.end()) about["latencies"] = curve_of(*curve->second);
    all.push_back(std::move(about));
  }
  return all;
}

}  // namespace runoff
