#include "run/cell_runner.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/hosts.h"
#include "process/interruption.h"
#include "run/outcome.h"
#include "runoff/endpoint.h"
#include "support/list.h"
#include "support/proc.h"

namespace runoff {
namespace {

/// Each crash on several hosts costs so much where one of them is gone.
constexpr std::chrono::seconds patience_with_hosts{20};

/// Threads are counted, too: a worker may be a process with a few of them, and a launcher of workers is one.
std::int64_t processes_of(const PlannedCell& cell) {
  constexpr std::int64_t beside_workers = 4;
  return 2 * cell.workers + beside_workers;
}

}  // namespace

CellRunner::CellRunner(const Plan& plan, const Catalog& catalog, CellSettings settings, Launcher& launcher)
    : CellRunner(plan, {{&catalog, std::move(settings)}}, launcher) {}

CellRunner::CellRunner(const Plan& plan, std::vector<Build> builds, Launcher& launcher)
    : plan_(plan),
      builds_(std::move(builds)),
      launcher_(launcher),
      lookout_(builds_.front().settings.cpus),
      memory_files_(builds_.front().settings.lent_pages) {
  for (std::size_t cell = 0; cell < plan.cells.size(); ++cell) needs_.push_back(expected_needs(cell));
}

Build& CellRunner::build_of(std::size_t cell) { return builds_[cell * builds_.size() / plan_.cells.size()]; }

/// Of a cell that was not measured yet: what its workload says, twice, and what a process takes itself.
std::optional<Provisions> CellRunner::expected_needs(std::size_t index) {
  constexpr std::int64_t of_a_process = std::int64_t{64} << 20;
  const auto& [catalog, settings] = build_of(index);
  const PlannedCell& cell = plan_.cells[index];
  const auto memory = memory_of(cell, settings);
  if (!memory) return std::nullopt;
  const bool shared = module_named(catalog->backends, cell.backend)->shares_memory;
  return Provisions{(2 * *memory + of_a_process) * (shared ? 1 : cell.workers), processes_of(cell)};
}

bool CellRunner::interrupted() const { return Interruption::happened(); }

std::int64_t CellRunner::own_cpu_ns() const {
  return launched_cpu_ns_ + process_cpu_ns(0) + (server_ != nullptr ? process_cpu_ns(server_->process()) : 0);
}

void CellRunner::look_for_silent_hosts(std::size_t cell, Outcome& outcome) {
  const auto& [catalog, settings] = build_of(cell);
  const std::string& backend = plan_.cells[cell].backend;
  const auto command = settings.launchers.find(backend);
  if (settings.hosts.empty() || command == settings.launchers.end()) return;
  if (outcome.status != Status::crashed && outcome.status != Status::timeout) return;
  const auto silent = silent_hosts(*module_named(catalog->backends, backend), command->second,
                                   {.shared_memory = launcher_.folder(), .hosts = settings.hosts},
                                   settings.cell, patience_with_hosts);
  outcome.detail += silent.empty() ? "; all hosts answer"
                                   : fmt::format("; {} did not answer within {} s", listed(silent),
                                                 patience_with_hosts.count());
}

CellRunner::Place CellRunner::make_place(std::size_t index, std::size_t number) {
  Place place{.result = launcher_.folder() / fmt::format("result-{}.json", number)};
  place.memory = lend_memory(index);
  std::filesystem::remove(place.result);
  std::filesystem::remove(stop_mark(place.result));
  auto& [catalog, settings] = build_of(index);
  if (!module_named(catalog->workloads, plan_.cells[index].workload)->endpoint || server_ == nullptr)
    return place;
  place.server = server_;
  place.server->revive();
  settings.endpoint = {{Endpoint::url_variable, place.server->url()}, {Endpoint::built_in_variable, "1"}};
  return place;
}

/// A file for each process with memory of its own, where all of them are started here.
std::vector<LentFile> CellRunner::lend_memory(std::size_t index) {
  const auto& [catalog, settings] = build_of(index);
  const PlannedCell& cell = plan_.cells[index];
  const BackendModule& backend = *module_named(catalog->backends, cell.backend);
  const std::int64_t bytes = memory_of(cell, settings).value_or(0);
  if (bytes == 0 || !wants_huge_pages(cell, settings)) return {};
  if (!settings.hosts.empty() || settings.launchers.contains(cell.backend)) return {};
  const std::int64_t processes =
      backend.launcher.empty() ? 1 : backend.processes(cell.workers, parse_pairs(cell.variant));
  if (processes > settings.lent_pages / bytes) return {};
  std::vector<LentFile> files;
  while (std::ssize(files) < processes) files.push_back(memory_files_.lend(bytes));
  return files;
}

Taken CellRunner::taken(std::size_t index, const Answer& answer, const Place& place,
                        const Surroundings& surroundings) {
  const PlannedCell& cell = plan_.cells[index];
  Taken taken{{}, std::chrono::nanoseconds(answer.wall_ns + surroundings.waited_ns.value_or(0))};
  static_cast<Surroundings&>(taken.sample) = surroundings;
  static_cast<Outcome&>(taken.sample) = outcome_of(answer, place.result);
  look_for_silent_hosts(index, taken.sample);
  // Those that end a job let it go on first; such a sample has no times.
  if (taken.sample.status == Status::ok &&
      (answer.stopped || std::filesystem::exists(stop_mark(place.result))))
    add_disturbance(disturbed_by_stop, taken.sample.disturbed_by);
  const std::string lost = place.server != nullptr ? place.server->revive() : "";
  if (!lost.empty() && taken.sample.status != Status::ok) {
    taken.sample.status = Status::failed;
    taken.sample.detail = "the endpoint " + lost + " meanwhile: " + taken.sample.detail;
  }
  if (taken.sample.peak_memory_bytes)
    needs_[index] = Provisions{*taken.sample.peak_memory_bytes, processes_of(cell)};
  return taken;
}

std::vector<std::optional<Taken>> CellRunner::measure(std::span<const std::size_t> company,
                                                      std::chrono::nanoseconds limit) {
  std::vector<Place> places;
  std::vector<Request> requests;
  for (const std::size_t index : company) {
    const PlannedCell& cell = plan_.cells[index];
    places.push_back(make_place(index, places.size()));
    const auto& [catalog, settings] = build_of(index);
    requests.push_back(cell_request(cell, *module_named(catalog->workloads, cell.workload),
                                    *module_named(catalog->backends, cell.backend), settings,
                                    places.back().result, launcher_.shared_memory()));
    requests.back().limit_ns = limit.count();
    auto& words = requests.back().arguments;
    if (company.size() > 1) words.insert(words.end(), {"--turns", std::to_string(launcher_.process())});
    for (const LentFile& file : places.back().memory)
      words.insert(words.end(), {"--memory-file", file.path()});
  }
  std::vector<std::optional<Taken>> all(company.size());
  lookout_.begin(own_cpu_ns());
  const auto answers = launcher_.run_in_turns(std::move(requests));
  if (!answers || interrupted()) return all;
  for (const Answer& answer : *answers) launched_cpu_ns_ += answer.cpu_ns;
  const Surroundings surroundings = share_of(lookout_.end(own_cpu_ns()), company.size());
  for (std::size_t i = 0; i < company.size(); ++i)
    if (const Answer& answer = (*answers)[i]; !answer.timed_out || limit >= time_limit()) {
      all[i] = taken(company[i], answer, places[i], surroundings);
      // After a crash, some process that lives on may have a file still.
      if (all[i]->sample.status == Status::ok)
        for (LentFile& file : places[i].memory) memory_files_.take_back(std::move(file));
    }
  return all;
}

std::optional<Taken> CellRunner::take(std::size_t cell, std::chrono::nanoseconds limit) {
  return std::move(measure(std::span(&cell, 1), limit).front());
}

std::vector<std::optional<Taken>> CellRunner::take_in_turns(std::span<const std::size_t> cells,
                                                            std::chrono::nanoseconds limit) {
  std::vector<std::optional<Taken>> all;
  const auto need = [this](std::size_t cell) { return needs_[cell] ? &*needs_[cell] : nullptr; };
  for (const auto& company : companies(cells, need, builds_.front().settings.for_turns)) {
    auto some = measure(company, limit);
    all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
    if (interrupted()) break;
  }
  all.resize(cells.size());
  return all;
}

std::size_t CellRunner::most_in_turns() const {
  return largest_company_of(builds_.front().settings.for_turns);
}

}  // namespace runoff
