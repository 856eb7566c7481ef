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

/// Throws UsageError where the budget has no time for as many samples as a verdict takes.
void require_time(const Description& described, std::chrono::nanoseconds budget, double workers) {
  const double at_once = described.rate ? 1 : std::min(workers, static_cast<double>(described.tasks));
  const double needed = fewest_samples * executions * (1 + rivals / at_once) * described.serial_ns();
  const auto given = static_cast<double>(budget.count());
  if (needed <= given) return;
  const auto fewer = static_cast<std::int64_t>(static_cast<double>(described.tasks) * given / needed);
  const std::string longer = round_budget(std::chrono::nanoseconds(std::llround(std::min(needed, 9e18))));
  throw UsageError(fmt::format(
      "one worker takes {} for all {} tasks, too long to compare backends in --budget {}; give {}--budget {}",
      format_time(std::chrono::nanoseconds(std::llround(std::min(described.serial_ns(), 9e18)))),
      described.tasks, format_time(budget), fewer >= 1 ? fmt::format("--tasks {} or ", fewer) : "", longer));
}

void require_room(const Description& described, std::int64_t available) {
  const double needed = static_cast<double>(described.memory) +
                        static_cast<double>(described.tasks) * static_cast<double>(described.payload);
  if (needed <= static_cast<double>(available)) return;
  throw UsageError(fmt::format(
      "--memory {} and --payload {} for each of {} tasks need {} and {} are available; describe less",
      format_bytes(described.memory), format_bytes(described.payload), described.tasks,
      format_bytes(static_cast<std::int64_t>(std::min(needed, 9e18))), format_bytes(available)));
}

/// The backends of which each worker has many tasks under way, and the others; as they are chosen on a
/// command line.
struct Chosen {
  std::vector<std::string> loops, others;
};
Chosen split_backends(const Catalog& catalog, const std::vector<std::string>& words, Absent absent) {
  Chosen chosen;
  for (const ChosenBackend& one : choose_backends(catalog, words, absent))
    (one.module->concurrency_option() != nullptr ? chosen.loops : chosen.others)
        .push_back(one.module->name + (one.variant.empty() ? "" : ":" + one.variant));
  return chosen;
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
  const auto budget = read_time("--budget", options.budget);
  run = look_around(options);
  run.budget = budget;
  require_room(described, run.machine.memory_available);
  const auto workers = options.workers.empty() ? workers_for(described, run.machine.cores) : options.workers;
  require_time(described, budget, largest_number(workers, run.machine.cores));
  std::erase_if(neighbours, [this](const Neighbour& one) {
    try {
      require_room(one.description, run.machine.memory_available);
      return false;
    } catch (const UsageError&) {
      return true;
    }
  });
  if (!read_calibrations()) {
    const std::vector<Description> descriptions = all();
    const auto found = calibrate(run, options, descriptions);
    if (!found) return false;
    calibrations = *found;
  }
  stretched = runoff::stretched(described, calibrations.front());
  if (stretched > stretched_too_much)
    throw UsageError(
        fmt::format("--task {}: what a task walks and hands on takes {} on this core; give a longer --task, "
                    "or less --memory "
                    "or --payload",
                    time_text(described.task_ns), time_text(calibrations.front().beside_ns)));
  drop_what_cannot_be();
  make_cells();
  return true;
}

std::vector<Description> AdvisedWork::all() const {
  std::vector<Description> descriptions{described};
  for (const Neighbour& one : neighbours) descriptions.push_back(one.description);
  return descriptions;
}

/// A neighbour that is no nearer to its own description than to this one says nothing.
void AdvisedWork::drop_what_cannot_be() {
  for (std::size_t i = neighbours.size(); i-- > 0;) {
    if (runoff::stretched(neighbours[i].description, calibrations[i + 1]) <=
        std::max(stretched_much, stretched))
      continue;
    neighbours.erase(neighbours.begin() + static_cast<std::ptrdiff_t>(i));
    calibrations.erase(calibrations.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
}

void AdvisedWork::make_cells() {
  const bool usual = options.backends.empty();
  const Absent absent = usual ? Absent::is_left_out : Absent::is_an_error;
  const Chosen backends = split_backends(run.catalog, usual ? usual_backends : options.backends, absent);
  const std::vector<Description> descriptions = all();
  std::vector<Selection> selections;
  for (std::size_t i = 0; i < descriptions.size(); ++i) {
    const auto workers =
        options.workers.empty() ? workers_for(descriptions[i], run.machine.cores) : options.workers;
    if (!backends.others.empty())
      selections.push_back(selection_of(descriptions[i], calibrations[i], backends.others, workers));
    if (!backends.loops.empty())
      selections.push_back(selection_of(descriptions[i], calibrations[i], backends.loops, {"cores"}));
    const Selection& last = selections.back();
    chosen.push_back(
        choose_workloads(run.catalog, last.workloads, last.set, {}, Absent::is_an_error).front());
  }
  ChosenCells cells =
      choose_cells(run.catalog, selections, {}, {.backends = absent, .cores = run.machine.cores});
  // The described work first; then its neighbours, as far as there is time.
  for (PlannedCell& cell : cells.cells)
    for (std::size_t i = chosen.size(); i-- > 0;)
      if (chosen[i].module->name == cell.workload && chosen[i].parameters == cell.parameters)
        cell.part = static_cast<unsigned>(i);
  make_plan(std::move(cells), 0, options, steering.of_all_cells, run);
}

bool AdvisedWork::read_calibrations() {
  const auto file = options.out / kept_name;
  std::error_code error;
  if (options.out.empty() || !std::filesystem::exists(file, error)) return false;
  try {
    const Json kept = read_json(file);
    if (kept.at("description") != to_json(described))
      throw MachineError(fmt::format("'{}' holds advice on other work: {}; choose another --out",
                                     options.out.string(), kept.at("text").get<std::string>()));
    for (const Json& one : kept.at("calibrations"))
      calibrations.push_back({one.at("steps_per_ms").get<double>(), one.at("beside_ns").get<double>()});
    std::vector<std::string> words = kept.at("neighbours").get<std::vector<std::string>>();
    std::erase_if(neighbours, [&words](const Neighbour& one) {
      return std::find(words.begin(), words.end(), one.word + " " + one.value) == words.end();
    });
    return calibrations.size() == neighbours.size() + 1;
  } catch (const JsonError&) {
    calibrations.clear();
    return false;
  }
}

void AdvisedWork::keep(const std::filesystem::path& folder) const {
  Json kept{{"text", to_text(described)},
            {"description", to_json(described)},
            {"calibrations", Json::array()},
            {"neighbours", Json::array()}};
  for (const Calibration& one : calibrations) kept["calibrations"].push_back(json_of(one));
  for (const Neighbour& one : neighbours) kept["neighbours"].push_back(one.word + " " + one.value);
  write_file(folder / kept_name, to_text(kept, 2) + "\n");
}

}  // namespace runoff
