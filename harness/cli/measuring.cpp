#include "cli/measuring.h"

#include "record/environment.h"
#include "runoff/endpoint.h"
#include "support/json.h"

namespace runoff {

/// Half of the memory, for what else needs some, and a quarter of the processes: how many there are already
/// is not known. What the launcher has but for cells takes less than 16 descriptors.
Provisions room_for_turns(const Machine& machine) {
  return {machine.memory_available / 2, machine.processes / 4, machine.descriptors - 16};
}

CellSettings cell_settings(const Prepared& run, const RunOptions& options) {
  return {.cell = run.install.cell(),
          .cpus = run.machine.cpus,
          .placement = run.plan.placement,
          .huge_pages = run.plan.huge_pages,
          .lent_pages = run.plan.lent_pages ? run.machine.memory_available / 2 : 0,
          .launchers = run.launchers,
          .hosts = options.hosts.empty() ? options.hosts : std::filesystem::absolute(options.hosts),
          .timeout = options.time_limit(),
          .memory = run.memory,
          .for_turns = run.plan.turns ? room_for_turns(run.machine) : Provisions{},
          .endpoint = {{Endpoint::url_variable, run.plan.endpoint}, {Endpoint::built_in_variable, "0"}}};
}

CellsAtWork::CellsAtWork(const Prepared& run, const RunOptions& options)
    : launcher_(run.install.launcher()),
      runner_(run.plan, run.catalog, cell_settings(run, options), launcher_) {
  if (run.uses_endpoint && run.plan.endpoint.empty()) runner_.use(server_.emplace(run.install.endpoint()));
}

Json new_environment(const Prepared& run, const RunOptions& options, const Pairs& cleared,
                     std::span<const Finding> findings) {
  const auto backends = run.backends();
  const auto workloads = run.workloads();
  return describe_environment(run.machine, {.plan = run.plan,
                                            .backends = backends,
                                            .workloads = workloads,
                                            .command_line = options.command_line,
                                            .launchers = run.launchers,
                                            .hosts = run.hosts,
                                            .placed = run.placed,
                                            .timeout_ns = options.time_limit().count(),
                                            .doctor = findings,
                                            .cleared = cleared,
                                            .uses_endpoint = run.uses_endpoint});
}

}  // namespace runoff
