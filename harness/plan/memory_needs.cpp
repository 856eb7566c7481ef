#include "plan/memory_needs.h"

#include <fmt/format.h>

#include <vector>

#include "plan/probe.h"
#include "support/errors.h"
#include "support/text.h"

namespace runoff {

MemoryNeeds probe_memory(std::span<const ChosenWorkload> workloads, const std::filesystem::path& cell) {
  const std::vector<Probed> probed = probe_workloads(workloads, cell);
  MemoryNeeds needs;
  for (std::size_t i = 0; i < workloads.size(); ++i)
    needs[{workloads[i].module->name, workloads[i].parameters}] = probed[i].memory_bytes;
  return needs;
}

void require_memory(const MemoryNeeds& needs, std::int64_t available) {
  for (const auto& [workload, bytes] : needs)
    if (bytes > available)
      throw UsageError(
          fmt::format("workload '{}' ({}) needs {} of memory and {} are available; choose smaller "
                      "parameters",
                      workload.first, workload.second, format_bytes(bytes), format_bytes(available)));
}

std::optional<std::string> what_does_not_fit(const PlannedCell& cell, const BackendModule& backend,
                                             const MemoryNeeds& needs, std::int64_t available) {
  const std::int64_t each = needs.at({cell.workload, cell.parameters});
  if (each > available)
    return fmt::format("the workload needs {} of memory and {} are available", format_bytes(each),
                       format_bytes(available));
  if (backend.shares_memory || each <= available / cell.workers) return std::nullopt;
  return fmt::format("{} workers with memory of their own need {} and {} are available", cell.workers,
                     format_bytes(each * cell.workers), format_bytes(available));
}

}  // namespace runoff
