#include "plan/memory_needs.h"

#include <fmt/format.h>

#include "process/capture.h"
#include "support/errors.h"
#include "support/json.h"
#include "support/text.h"

namespace runoff {
namespace {

constexpr std::chrono::seconds probe_limit{20};
constexpr int unusable = 3;  // runoff-cell's exit status where the fault is not in what it was asked

/// What runoff-cell says, without its own name in front.
std::string message(const Captured& answer) {
  const std::string text = one_line(answer.error);
  constexpr std::string_view name = "runoff-cell: ";
  return text.starts_with(name) ? text.substr(name.size()) : text;
}

}  // namespace

MemoryNeeds probe_memory(std::span<const ChosenWorkload> workloads, const std::filesystem::path& cell) {
  std::vector<std::vector<std::string>> commands;
  for (const auto& workload : workloads) {
    auto& words =
        commands.emplace_back(std::vector<std::string>{cell, "--probe", "--workload", workload.module->file});
    for (const auto& [name, value] : parse_pairs(workload.parameters))
      words.insert(words.end(), {"--set", name + "=" + value});
  }
  const auto answers = capture_all(commands, probe_limit);
  MemoryNeeds needs;
  for (std::size_t i = 0; i < workloads.size(); ++i) {
    const std::string& name = workloads[i].module->name;
    if (answers[i].exit_code != 0) {
      const auto why =
          fmt::format("workload '{}' ({}): {}", name, workloads[i].parameters, message(answers[i]));
      if (answers[i].exit_code == unusable) throw MachineError(why);
      throw UsageError(why);
    }
    try {
      const auto json = parse_json(answers[i].output);
      needs[{name, workloads[i].parameters}] = json.at("memory_bytes").get<std::int64_t>();
    } catch (const JsonError& error) {
      throw UsageError(fmt::format("workload '{}' gave no answer that can be read: {}", name, error.what()));
    }
  }
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
  if (backend.shares_memory) return std::nullopt;
  const std::int64_t each = needs.at({cell.workload, cell.parameters});
  if (each <= available / cell.workers) return std::nullopt;
  return fmt::format("{} workers with memory of their own need {} and {} are available", cell.workers,
                     format_bytes(each * cell.workers), format_bytes(available));
}

}  // namespace runoff
