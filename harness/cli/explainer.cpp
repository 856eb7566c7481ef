#include "cli/explainer.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/plugins.h"
#include "cli/measuring.h"
#include "explain/cause.h"
#include "explain/explanations_csv.h"
#include "explain/timeline.h"
#include "explain/trace.h"
#include "process/interruption.h"
#include "report/units.h"
#include "run/endpoint_url.h"
#include "support/errors.h"
#include "support/files.h"
#include "support/json.h"
#include "support/label.h"
#include "support/standard_streams.h"

namespace runoff {
namespace {

PlannedCell planned(const Problem& problem, const std::string& backend, const std::string& variant,
                    unsigned workers) {
  return {problem.workload, problem.parameters,
          problem.bound,    problem.shape,
          backend,          variant,
          workers,          cell_label(problem.workload, "", backend, variant, workers)};
}

PlannedCell planned(const Cell& cell) {
  return planned(cell.problem, cell.backend, cell.variant, static_cast<unsigned>(cell.workers));
}

PlannedCell serial_of(const Problem& problem) { return planned(problem, "serial", "", 1); }

/// "takes 1.4 × as long as the best at mandelbrot"
std::string standing(const SummaryRow& row, const SummaryRow& best, const std::string& problem) {
  const auto& judgement = row.judgement;
  if (judgement.verdict == Verdict::fastest) return "is the fastest at " + problem;
  if (judgement.verdict == Verdict::tied) return "ties with the best at " + problem;
  if (&row == &best) return "leads at " + problem;
  const double times = *row.figures.median_ns / *best.figures.median_ns;
  if (times < 1.005 && judgement.verdict != Verdict::slower)
    return "is about as fast as the best at " + problem;
  std::string text = fmt::format("takes {} × as long as the best at {}", ratio_text(times), problem);
  if (judgement.verdict != Verdict::slower) text += ", which is not sure";
  return text;
}

}  // namespace

Explainer::Explainer(const LoadedRun& run, const Names& names, RunOptions options,
                     std::span<const Contest> contests)
    : names_(names), options_(std::move(options)) {
  prepare_cells(run, contests);
  Interruption::install();
  launcher_.emplace(prepared_.install.launcher());
  stamps_ = launcher_->folder() / "stamps";
  CellSettings settings = cell_settings(prepared_, options_);
  settings.timeout *= 2;  // a sample and its stamps
  settings.more = {"--stamps", stamps_.string()};
  runner_.emplace(prepared_.plan, prepared_.catalog, settings, *launcher_);
  settings.more.emplace_back("--stamp-pieces");
  serial_runner_.emplace(prepared_.plan, prepared_.catalog, settings, *launcher_);
  if (!prepared_.uses_endpoint || !prepared_.plan.endpoint.empty()) return;
  server_.emplace(prepared_.install.endpoint());
  runner_->use(*server_);
  serial_runner_->use(*server_);
}

/// All of one problem; nothing when it was interrupted. What could not be measured is told.
std::optional<std::vector<Explanation>> Explainer::explain(const Contest& contest, Json* trace) {
  std::vector<Explanation> all;
  const auto reference = measure_serial(*contest.problem);
  if (!reference) return std::nullopt;
  const std::string problem = names_.problem(contest.problem->workload, contest.problem->parameters);
  if (reference->sample.status != Status::ok || !reference->sample.wall_ns) {
    complain(problem + ": serial cannot be measured", reference->sample);
    return all;
  }
  const SerialCost serial(reference->stamped, static_cast<double>(*reference->sample.wall_ns));
  for (const SummaryRow& row : contest.rows) {
    if (!row.figures.median_ns || !is_there(*row.cell)) continue;
    const auto measured = row.cell->backend == "serial" ? reference : measure(planned(*row.cell), *runner_);
    if (!measured) return std::nullopt;
    if (measured->sample.status != Status::ok) {
      complain(names_.cell(*row.cell), measured->sample);
      continue;
    }
    if (trace != nullptr && !measured->stamped.executions.empty())
      for (Json& event : trace_events(middle_execution(measured->stamped), ++traced_, names_.cell(*row.cell)))
        trace->push_back(std::move(event));
    all.push_back(explanation(row, contest, *measured, serial, problem));
  }
  return all;
}

void Explainer::prepare_cells(const LoadedRun& run, std::span<const Contest> contests) {
  prepared_.install = find_install();
  prepared_.catalog = find_catalog(prepared_.install, all_plugins(options_.plugins));
  if (!run.setup.placement.empty()) options_.placement = run.setup.placement;
  prepared_.machine = placed_machine(options_.placed());
  prepared_.plan.placement = options_.placed();
  prepared_.plan.huge_pages = run.setup.pages == "huge pages";
  for (const Contest& contest : contests) {
    add(serial_of(*contest.problem));
    for (const SummaryRow& row : contest.rows) add(planned(*row.cell));
  }
  for (const auto* workload : prepared_.workloads()) {
    if (!workload->available)
      throw MachineError(fmt::format("workload '{}' is not available: {}", workload->name, workload->reason));
    prepared_.uses_endpoint = prepared_.uses_endpoint || workload->endpoint;
  }
  for (const PlannedCell& cell : prepared_.plan.cells)
    if (module_named(prepared_.catalog.workloads, cell.workload) == nullptr)
      throw MachineError(fmt::format("workload '{}' of this run is not there any more", cell.workload));
  if (!options_.endpoint.empty()) {
    const EndpointUrl url = parse_endpoint_url(options_.endpoint);
    if (prepared_.uses_endpoint) require_reachable(url);
    prepared_.plan.endpoint = url.text;
  }
}

void Explainer::add(const PlannedCell& cell) {
  auto& cells = prepared_.plan.cells;
  if (std::find(cells.begin(), cells.end(), cell) == cells.end()) cells.push_back(cell);
}

/// Whether its backend still is.
bool Explainer::is_there(const Cell& cell) {
  const BackendModule* found = module_named(prepared_.catalog.backends, cell.backend);
  if (found != nullptr && found->available) return true;
  warn(fmt::format("{} is left out: {}", names_.cell(cell),
                   found == nullptr ? "there is no such backend any more" : found->reason));
  return false;
}

std::optional<Explainer::Measured> Explainer::measure(const PlannedCell& cell, CellRunner& runner) {
  const auto& cells = prepared_.plan.cells;
  const auto index = static_cast<std::size_t>(std::find(cells.begin(), cells.end(), cell) - cells.begin());
  std::filesystem::remove(stamps_);
  auto taken = runner.take(index, runner.time_limit());
  if (!taken) return std::nullopt;
  return Measured{std::move(taken->sample), read_stamps(stamps_).value_or(StampedCell{})};
}

void Explainer::complain(const std::string& what, const Sample& sample) {
  warn(fmt::format("{}: {}{}{}", what, to_string(sample.status), sample.detail.empty() ? "" : ": ",
                   sample.detail));
  failed_ = failed_ || is_failure(sample.status);
}

Explanation Explainer::explanation(const SummaryRow& row, const Contest& contest, const Measured& measured,
                                   const SerialCost& serial, const std::string& problem) const {
  const Cell& cell = *row.cell;
  const Explained about{cell.problem.bound, cell.problem.shape, cell.workers,
                        static_cast<std::int64_t>(prepared_.machine.cores),
                        measured.sample.concurrency.value_or(0)};
  Explanation one{.workload = cell.problem.workload,
                  .parameters = cell.problem.parameters,
                  .bound = cell.problem.bound,
                  .shape = cell.problem.shape,
                  .backend = cell.backend,
                  .variant = cell.variant,
                  .workers = cell.workers,
                  .analysis = analyse(measured.stamped, measured.sample, serial, about),
                  .executions = static_cast<std::int64_t>(measured.stamped.executions.size()),
                  .dropped = static_cast<std::int64_t>(measured.stamped.dropped),
                  .problem = problem,
                  .label = names_.backend(cell.backend, cell.variant)};
  const auto wall = static_cast<double>(measured.sample.wall_ns.value_or(0));
  if (wall > 0 && one.analysis.seen) one.slowdown = one.analysis.wall_ns / wall;
  one.to_compared = static_cast<double>(compared_ns(measured.sample).value_or(0)) / *row.figures.median_ns;
  const bool serial_itself = cell.backend == "serial";
  const Cause cause = serial_itself ? Cause::none : main_cause(one.analysis, about);
  one.cause = to_string(cause);
  one.sentence = fmt::format(
      "{} {}: {}.", one.label, standing(row, contest.rows.front(), problem),
      serial_itself ? "one worker runs one task after the other" : clause(one.analysis, cause, about));
  return one;
}

std::optional<Explainer::Measured> Explainer::measure_serial(const Problem& problem) {
  return measure(serial_of(problem), *serial_runner_);
}

Json to_json(const Explanation& one) {
  Json parts = Json::object();
  each_part(one.analysis.parts,
            [&parts](const char* name, double part) { parts[std::string(name) + "_ns"] = part; });
  const PopEfficiency& efficiency = one.analysis.efficiency;
  Json json{{"workload", one.workload},  {"parameters", one.parameters}, {"backend", one.backend},
            {"variant", one.variant},    {"workers", one.workers},       {"wall_ns", one.analysis.wall_ns},
            {"parts", std::move(parts)}, {"seen", one.analysis.seen},    {"slowdown", one.slowdown},
            {"cause", one.cause},        {"sentence", one.sentence}};
  if (one.analysis.seen)
    json["efficiency"] = {{"parallel", efficiency.parallel},
                          {"load_balance", efficiency.load_balance},
                          {"communication", efficiency.communication},
                          {"computation", efficiency.computation},
                          {"global", efficiency.global}};
  return json;
}

/// Those of other problems stay as they are.
void keep_explanations(const std::filesystem::path& folder, const std::vector<Explanation>& fresh) {
  std::vector<Explanation> all = read_explanations(folder / "explain.csv");
  std::erase_if(all, [&fresh](const Explanation& old) {
    return std::any_of(fresh.begin(), fresh.end(), [&old](const Explanation& one) {
      return one.workload == old.workload && one.parameters == old.parameters;
    });
  });
  all.insert(all.end(), fresh.begin(), fresh.end());
  write_file(folder / "explain.csv", explanations_csv(all));
}

}  // namespace runoff
