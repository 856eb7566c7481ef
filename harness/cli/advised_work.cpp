#include "cli/advised_work.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/calibrate.h"
#include "cli/command_line.h"
#include "plan/workers.h"
#include "report/units.h"
#include "support/errors.h"
#include "support/files.h"
#include "support/json.h"
#include "support/text.h"

namespace runoff {
namespace {

/// All that run work in C++. `gil` stands for an interpreter's lock, and is no runtime to choose.
const std::vector<std::string> usual_backends{"*", "-cpython", "-gil"};

// A sample has at least three executions, and about nine backends beside serial are compared.
constexpr double executions = 3, rivals = 9;
constexpr unsigned most_for_waiting = 64;
/// Tasks that are this much longer than described are other tasks.
constexpr double stretched_too_much = 2;
/// Less is what the loop itself takes, whatever its tasks do.
constexpr double least_beside_ns = 200;

constexpr const char* kept_name = "advise.json";

Json json_of(const Calibration& one) {
  return {{"steps_per_ms", one.steps_per_ms}, {"beside_ns", one.beside_ns}};
}

double largest_number(const std::vector<std::string>& words, unsigned cores) {
  const std::vector<unsigned> workers = parse_workers(words, cores);
  return *std::max_element(workers.begin(), workers.end());
}

/// So many that those which do not wait keep the cores busy.
std::vector<std::string> workers_for(const Description& described, unsigned cores) {
  if (described.wait <= 0) return {"cores"};
  const auto enough = static_cast<std::int64_t>(std::ceil(cores / (1 - described.wait) - 1e-9));
  const std::int64_t workers = std::min<std::int64_t>({enough, most_for_waiting, described.tasks});
  if (workers <= cores) return {"cores"};
  return {"cores", std::to_string(workers)};
}

/// About how long as many samples of all backends take as a verdict needs, in ns.
double needed_ns(const Description& described, double workers) {
  const double at_once = described.rate ? 1 : std::min(workers, static_cast<double>(described.tasks));
  return fewest_samples * executions * (1 + rivals / at_once) * described.serial_ns();
}

std::string as_budget(double ns) {
  return round_budget(std::chrono::nanoseconds(std::llround(std::min(ns, 9e18))));
}

/// Throws UsageError where the budget has no time for that.
void require_time(const Description& described, const RunOptions& options, double workers) {
  const double needed = needed_ns(described, workers);
  const auto given = static_cast<double>(read_time("--budget", options.budget).count());
  if (needed <= given) return;
  const auto fewer = static_cast<std::int64_t>(static_cast<double>(described.tasks) * given / needed);
  std::string way = fmt::format("--tasks {} or --budget {}", fewer, as_budget(needed));
  if (static_cast<double>(fewer) < 2 * workers) {  // too few to share out
    Description least = described;
    least.tasks = std::min(described.tasks, static_cast<std::int64_t>(4 * workers));
    way = fmt::format("--tasks {} --budget {}", least.tasks, as_budget(needed_ns(least, workers)));
  }
  throw UsageError(fmt::format(
      "one worker takes {} for all {} tasks, too long to compare backends within --budget {}; try {}",
      time_text(described.serial_ns()), described.tasks, options.budget, way));
}

double needed_bytes(const Description& described) {
  return static_cast<double>(described.memory) +
         static_cast<double>(described.tasks) * static_cast<double>(described.payload);
}

void require_room(const Description& described, std::int64_t available) {
  const double needed = needed_bytes(described);
  if (needed <= static_cast<double>(available)) return;
  throw UsageError(fmt::format(
      "--memory {} and --payload {} for each of {} tasks need {} and {} are available; describe less",
      format_bytes(described.memory), format_bytes(described.payload), described.tasks,
      format_bytes(static_cast<std::int64_t>(std::min(needed, 9e18))), format_bytes(available)));
}

/// As a command line has it.
std::string in_words(const std::string& backend, const std::string& variant) {
  return backend + (variant.empty() ? "" : ":" + variant);
}

/// The backends of which each worker has many tasks under way, and the others; as they are chosen on a
/// command line.
struct SplitBackends {
  std::vector<std::string> loops, others;
};
SplitBackends split_backends(const Catalog& catalog, const std::vector<std::string>& words, Absent absent) {
  SplitBackends split;
  for (const ChosenBackend& one : choose_backends(catalog, words, absent))
    (one.module->concurrency_option() != nullptr ? split.loops : split.others)
        .push_back(in_words(one.module->name, one.variant));
  return split;
}

}  // namespace

std::string longer_budget(std::chrono::nanoseconds budget) { return round_budget(2 * budget); }

AdvisedWork::AdvisedWork(const AdviseCommand& command)
    : options(command.run),
      described(read_description(command.words)),
      neighbours(runoff::neighbours(described)) {}

bool AdvisedWork::prepare() {
  options.time_limit();
  steering = find_steering(environ);
  take_out(steering.of_one_runtime);
  run = look_around(options);
  // A wrong name is told before anything is measured.
  choose_backends(run.catalog, options.backends, Absent::is_an_error);
  run.budget = read_time("--budget", options.budget) / 2;  // the rest is for the neighbours
  require_room(described, run.machine.memory_available);
  require_time(described, options, largest_number(workers_of(described), run.machine.cores));
  std::erase_if(neighbours, [this](const Neighbour& one) {
    return needed_bytes(one.description) > static_cast<double>(run.machine.memory_available);
  });
  if (!read_kept()) {
    std::vector<Description> descriptions{described};
    for (const Neighbour& one : neighbours) descriptions.push_back(one.description);
    const auto found = calibrate(run, options, descriptions);
    if (!found) return false;
    calibrations_ = *found;
    drop_what_cannot_be();
  }
  stretched = runoff::stretched(described, calibrations_.front());
  if (stretched > stretched_too_much && calibrations_.front().beside_ns > least_beside_ns)
    throw UsageError(
        fmt::format("--task {}: what a task walks and hands on takes {} on this core; give a longer --task, "
                    "or less --memory "
                    "or --payload",
                    time_text(described.task_ns), time_text(calibrations_.front().beside_ns)));
  const bool usual = only_take_out(options.backends);
  measured = plan_for(std::span(&described, 1), std::span(calibrations_).first(1),
                      instead_of(usual_backends, options.backends),
                      usual ? Absent::is_left_out : Absent::is_an_error, run);
  return true;
}

Prepared AdvisedWork::prepare_neighbours(const Contest& contest, std::chrono::nanoseconds budget) {
  if (contenders_.empty())
    for (const SummaryRow* row : contenders(contest))
      contenders_.push_back(in_words(row->cell->backend, row->cell->variant));
  Prepared prepared = look_around(options);
  prepared.budget = budget;
  std::vector<Description> descriptions;
  for (const Neighbour& one : neighbours) descriptions.push_back(one.description);
  const auto more =
      plan_for(descriptions, std::span(calibrations_).subspan(1), contenders_, Absent::is_an_error, prepared);
  measured.insert(measured.end(), more.begin(), more.end());
  return prepared;
}

/// A neighbour that is no nearer to its own description than to this one says nothing.
void AdvisedWork::drop_what_cannot_be() {
  const double most = std::max(stretched_much, runoff::stretched(described, calibrations_.front()));
  for (std::size_t i = neighbours.size(); i-- > 0;) {
    if (runoff::stretched(neighbours[i].description, calibrations_[i + 1]) <= most) continue;
    neighbours.erase(neighbours.begin() + static_cast<std::ptrdiff_t>(i));
    calibrations_.erase(calibrations_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
}

std::vector<std::string> AdvisedWork::workers_of(const Description& description) const {
  return options.workers.empty() ? workers_for(description, run.machine.cores) : options.workers;
}

std::vector<ToMeasure> AdvisedWork::plan_for(std::span<const Description> descriptions,
                                             std::span<const Calibration> found,
                                             const std::vector<std::string>& words, Absent absent,
                                             Prepared& prepared) const {
  const SplitBackends backends = split_backends(prepared.catalog, words, absent);
  std::vector<Selection> selections;
  std::vector<ToMeasure> works;
  for (std::size_t i = 0; i < descriptions.size(); ++i) {
    if (!backends.others.empty())
      selections.push_back(
          selection_of(descriptions[i], found[i], backends.others, workers_of(descriptions[i])));
    if (!backends.loops.empty())
      selections.push_back(selection_of(descriptions[i], found[i], backends.loops, {"cores"}));
    const Selection& last = selections.back();
    const auto work = choose_workloads(prepared.catalog, last.workloads, last.set, {}, Absent::is_an_error);
    works.push_back({work.front().module->name, work.front().parameters});
  }
  ChosenCells cells =
      choose_cells(prepared.catalog, selections, {}, {.backends = absent, .cores = prepared.machine.cores});
  // Each description is a part: the last ones are left out where time is short.
  for (PlannedCell& cell : cells.cells)
    for (std::size_t i = works.size(); i-- > 0;)
      if (works[i].workload == cell.workload && works[i].parameters == cell.parameters)
        cell.part = static_cast<unsigned>(i);
  make_plan(std::move(cells), 0, options, steering.of_all_cells, prepared);
  return works;
}

bool AdvisedWork::read_kept() {
  if (options.out.empty()) return false;
  const auto text = read_if_there(options.out / kept_name);
  if (!text) return false;
  try {
    const Json kept = parse_json(*text);
    if (kept.at("description") != to_json(described))
      throw MachineError(fmt::format("'{}' holds advice on other work: {}; choose another --out",
                                     options.out.string(), kept.at("text").get<std::string>()));
    for (const Json& one : kept.at("calibrations"))
      calibrations_.push_back({one.at("steps_per_ms").get<double>(), one.at("beside_ns").get<double>()});
    contenders_ = kept.at("contenders").get<std::vector<std::string>>();
    const auto words = kept.at("neighbours").get<std::vector<std::string>>();
    std::erase_if(neighbours, [&words](const Neighbour& one) {
      return std::find(words.begin(), words.end(), one.word + " " + one.value) == words.end();
    });
    if (calibrations_.size() == neighbours.size() + 1) return true;
    calibrations_.clear();
    return false;
  } catch (const JsonError&) {
    calibrations_.clear();
    return false;
  }
}

void AdvisedWork::keep(const std::filesystem::path& folder) const {
  Json kept{{"text", to_text(described)},
            {"description", to_json(described)},
            {"calibrations", Json::array()},
            {"neighbours", Json::array()},
            {"contenders", contenders_}};
  for (const Calibration& one : calibrations_) kept["calibrations"].push_back(json_of(one));
  for (const Neighbour& one : neighbours) kept["neighbours"].push_back(one.word + " " + one.value);
  write_file(folder / kept_name, to_text(kept, 2) + "\n");
}

}  // namespace runoff
