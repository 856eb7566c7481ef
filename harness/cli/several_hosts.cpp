#include "cli/several_hosts.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

#include "support/errors.h"
#include "support/list.h"
#include "support/temporary_folder.h"
#include "support/text.h"

namespace runoff {
namespace {

constexpr const char* hosts_place = "{hosts}";

void require_hosts(const std::filesystem::path& file) {
  if (!std::filesystem::is_regular_file(file))
    throw UsageError(fmt::format("--hosts {}: there is no such file", file.string()));
  if (names_in(file).empty())
    throw UsageError(fmt::format("--hosts {}: it names no host; it takes one a line, such as 'node1 slots=4'",
                                 file.string()));
}

/// Tries the files that cells with several workers in a process will have.
void require_whole_processes(const Prepared& run, const std::filesystem::path& hosts) {
  const TemporaryFolder folder;
  for (const PlannedCell& cell : run.plan.cells) {
    if (!run.launchers.contains(cell.backend)) continue;
    const BackendModule& backend = *module_named(run.catalog.backends, cell.backend);
    if (const unsigned threads = backend.workers_of_process(parse_pairs(cell.variant)); threads > 1)
      hosts_of_processes(hosts, threads, folder.path());
  }
}

/// The largest first: where a host does not answer, that is found out with all of them.
std::vector<unsigned> numbers_of(const Plan& plan, const std::string& backend) {
  std::set<unsigned, std::greater<>> numbers;
  for (const PlannedCell& cell : plan.cells)
    if (cell.backend == backend) numbers.insert(cell.workers);
  return {numbers.begin(), numbers.end()};
}

}  // namespace

std::map<std::string, std::string> launchers_of(const Catalog& catalog, const RunOptions& options) {
  std::map<std::string, std::string> commands = options.launcher_commands();
  for (const auto& [name, command] : commands) {
    const bool has_place = command.find(hosts_place) != command.npos;
    if (has_place && options.hosts.empty())
      throw UsageError(
          fmt::format("--launcher {}={}: {{hosts}} stands for the file of --hosts FILE", name, command));
    if (!has_place && !options.hosts.empty())
      throw UsageError(
          fmt::format("--launcher {}={}: with --hosts it needs a place for the file, {{hosts}}, such as "
                      "'mpirun --hostfile {{hosts}} -n {{workers}}'",
                      name, command));
  }
  if (options.hosts.empty()) return commands;
  require_hosts(options.hosts);
  for (const BackendModule& backend : catalog.backends)
    if (!backend.launcher_on_hosts.empty()) commands.emplace(backend.name, backend.launcher_on_hosts);
  return commands;
}

std::vector<PlacedWorkers> place_on_hosts(const Prepared& run, const RunOptions& options) {
  if (options.hosts.empty()) return {};
  require_whole_processes(run, options.hosts);
  std::vector<PlacedWorkers> placed;
  for (const auto& [name, command] : run.launchers)
    for (const unsigned workers : numbers_of(run.plan, name))
      placed.push_back({name, workers,
                        ask_hosts(*module_named(run.catalog.backends, name), command,
                                  {.workers = workers,
                                   .shared_memory = std::filesystem::temp_directory_path(),
                                   .hosts = std::filesystem::absolute(options.hosts)},
                                  run.install.cell())});
  if (!placed.empty()) return placed;
  std::vector<std::string> able;
  for (const auto& [name, command] : run.launchers) able.push_back(name);
  throw UsageError("--hosts: no backend of this run starts workers on several hosts" +
                   (able.empty() ? std::string() : "; --backends " + either(able) + " would"));
}

std::vector<HostFacts> all_hosts(std::span<const PlacedWorkers> placed) {
  const auto most = std::max_element(placed.begin(), placed.end(), [](const auto& a, const auto& b) {
    return a.hosts.size() < b.hosts.size();
  });
  return most == placed.end() ? std::vector<HostFacts>() : most->hosts;
}

}  // namespace runoff
