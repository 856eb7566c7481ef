#include "run/cell_request.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/hosts.h"
#include "catalog/launcher_words.h"

namespace runoff {

std::optional<std::int64_t> memory_of(const PlannedCell& cell, const CellSettings& settings) {
  const auto found = settings.memory.find({cell.workload, cell.parameters});
  return found == settings.memory.end() ? std::nullopt : std::optional(found->second);
}

bool wants_huge_pages(const PlannedCell& cell, const CellSettings& settings) {
  constexpr std::int64_t huge_page = 1 << 21;
  return settings.huge_pages && memory_of(cell, settings).value_or(huge_page) >= huge_page;
}

Request cell_request(const PlannedCell& cell, const WorkloadModule& workload, const BackendModule& backend,
                     const CellSettings& settings, const std::filesystem::path& result,
                     const std::filesystem::path& shared_memory) {
  Request request;
  request.environment = backend.environment_in(parse_pairs(cell.variant));
  if (workload.endpoint)
    request.environment.insert(request.environment.end(), settings.endpoint.begin(), settings.endpoint.end());
  request.limit_ns = settings.timeout.count();
  auto& words = request.arguments;
  if (!backend.launcher.empty()) {
    const auto other = settings.launchers.find(backend.name);
    const unsigned threads = backend.workers_of_process(parse_pairs(cell.variant));
    const bool other_slots = threads > 1 && !settings.hosts.empty();
    words = launcher_words(
        other == settings.launchers.end() ? backend.launcher : other->second,
        {.workers = backend.processes(cell.workers, parse_pairs(cell.variant)),
         .threads = threads,
         .shared_memory = shared_memory,
         .hosts = other_slots ? hosts_of_processes(settings.hosts, threads, result.parent_path())
                              : settings.hosts});
    request.failures = backend.launcher_failures;
  }
  words.insert(words.end(),
               {settings.cell, "--workload", workload.file_for(backend), "--backend", backend.file});
  for (const auto& [name, value] : parse_pairs(cell.parameters))
    words.insert(words.end(), {"--set", fmt::format("{}={}", name, value)});
  for (const auto& [name, value] : parse_pairs(cell.variant))
    words.insert(words.end(), {"--variant", fmt::format("{}={}", name, value)});
  words.insert(words.end(), {"--workers", std::to_string(cell.workers), "--label", cell.label, "--result",
                             result, "--cpus", fmt::format("{}", fmt::join(settings.cpus, ","))});
  // Ranks may be on several machines: how many share these cores, they find out themselves.
  const bool may_have_cores = !backend.launcher.empty() || cell.workers <= settings.cpus.size();
  if (settings.placement != Placement::free && may_have_cores) words.emplace_back("--pin");
  if (wants_huge_pages(cell, settings)) words.emplace_back("--huge-pages");
  words.insert(words.end(), settings.more.begin(), settings.more.end());
  return request;
}

}  // namespace runoff
