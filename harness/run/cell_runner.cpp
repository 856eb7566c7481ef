#include "run/cell_runner.h"

#include <fmt/format.h>
#include <time.h>

#include <algorithm>

#include "catalog/hosts.h"
#include "process/interruption.h"
#include "run/outcome.h"
#include "runoff/endpoint.h"
#include "support/list.h"

namespace runoff {
namespace {

/// Each crash on several hosts costs so much where one of them is gone.
constexpr std::chrono::seconds patience_with_hosts{20};

/// Of a process that lives, its ended children left out; 0: this one.
std::int64_t process_cpu_ns(pid_t process) {
  clockid_t clock{};
  timespec time{};
  if (::clock_getcpuclockid(process, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return 0;
  return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

}  // namespace

CellRunner::CellRunner(const Plan& plan, const Catalog& catalog, CellSettings settings, Launcher& launcher)
    : plan_(plan),
      catalog_(catalog),
      settings_(std::move(settings)),
      launcher_(launcher),
      result_(launcher.folder() / "result.json"),
      lookout_(settings_.cpus) {}

bool CellRunner::interrupted() const { return Interruption::happened(); }

std::int64_t CellRunner::own_cpu_ns() const {
  return launched_cpu_ns_ + process_cpu_ns(0) + (server_ != nullptr ? process_cpu_ns(server_->process()) : 0);
}

void CellRunner::look_for_silent_hosts(const std::string& backend, Outcome& outcome) const {
  const auto command = settings_.launchers.find(backend);
  if (settings_.hosts.empty() || command == settings_.launchers.end()) return;
  if (outcome.status != Status::crashed && outcome.status != Status::timeout) return;
  const auto silent = silent_hosts(*module_named(catalog_.backends, backend), command->second,
                                   {.shared_memory = launcher_.folder(), .hosts = settings_.hosts},
                                   settings_.cell, patience_with_hosts);
  outcome.detail += silent.empty() ? "; all hosts answer"
                                   : fmt::format("; {} did not answer within {} s", listed(silent),
                                                 patience_with_hosts.count());
}

std::optional<Taken> CellRunner::take(std::size_t index, std::chrono::nanoseconds limit) {
  const PlannedCell& cell = plan_.cells[index];
  std::filesystem::remove(result_);
  std::filesystem::remove(stop_mark(result_));
  const WorkloadModule& workload = *module_named(catalog_.workloads, cell.workload);
  EndpointServer* server = workload.endpoint ? server_ : nullptr;
  if (server != nullptr) {
    server->revive();
    settings_.endpoint = {{Endpoint::url_variable, server->url()}, {Endpoint::built_in_variable, "1"}};
  }
  Request request = cell_request(cell, workload, *module_named(catalog_.backends, cell.backend), settings_,
                                 result_, launcher_.shared_memory());
  request.limit_ns = limit.count();
  lookout_.begin(own_cpu_ns());
  const auto answer = launcher_.run(request);
  if (!answer || interrupted()) return std::nullopt;
  launched_cpu_ns_ += answer->cpu_ns;
  const Surroundings surroundings = lookout_.end(own_cpu_ns());
  if (answer->timed_out && limit < settings_.timeout) return std::nullopt;
  Taken taken{{}, std::chrono::nanoseconds(answer->wall_ns + surroundings.waited_ns.value_or(0))};
  static_cast<Surroundings&>(taken.sample) = surroundings;
  static_cast<Outcome&>(taken.sample) = outcome_of(*answer, result_);
  look_for_silent_hosts(cell.backend, taken.sample);
  // Those that end a job let it go on first; such a sample has no times.
  if (taken.sample.status == Status::ok && (answer->stopped || std::filesystem::exists(stop_mark(result_))))
    add_disturbance(disturbed_by_stop, taken.sample.disturbed_by);
  const std::string lost = server != nullptr ? server->revive() : "";
  if (!lost.empty() && taken.sample.status != Status::ok) {
    taken.sample.status = Status::failed;
    taken.sample.detail = "the endpoint " + lost + " meanwhile: " + taken.sample.detail;
  }
  return taken;
}

}  // namespace runoff
