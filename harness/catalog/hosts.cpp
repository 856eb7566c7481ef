#include "catalog/hosts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <map>

#include "process/capture.h"
#include "support/errors.h"
#include "support/json.h"
#include "support/list.h"
#include "support/text.h"

namespace runoff {
namespace {

/// A remote shell may wait for a host that does not answer.
constexpr std::chrono::seconds patience_with_hosts{60};

/// Adds the worker that printed this line; false where none did.
bool add_worker(const std::string& line, std::map<std::string, HostFacts>& hosts) {
  try {
    const Json said = parse_json(line);
    HostFacts& host = hosts[said.at("host").get<std::string>()];
    said.at("host").get_to(host.name);
    said.at("processor").get_to(host.processor);
    said.at("kernel").get_to(host.kernel);
    said.at("cores").get_to(host.cores);
    ++host.workers;
    return true;
  } catch (const std::exception&) {
    return false;  // the launcher's own words
  }
}

}  // namespace

std::vector<HostFacts> ask_hosts(const BackendModule& backend, const std::string& command,
                                 const LauncherPlaces& places, const std::filesystem::path& cell) {
  std::vector<std::string> words{"env"};
  for (const auto& [name, value] : backend.environment) words.push_back(name + "=" + value);
  for (auto& word : launcher_words(command, places)) words.push_back(std::move(word));
  words.insert(words.end(), {cell.string(), "--host"});
  const Captured answer = capture_all({words}, patience_with_hosts).front();
  std::map<std::string, HostFacts> found;
  unsigned workers = 0;
  for (const auto& line : split(answer.output, "\n"))
    if (add_worker(line, found)) ++workers;
  if (answer.exit_code != 0 || workers != places.workers)
    throw MachineError(fmt::format(
        "{} of {} workers of '{}' answered from their hosts, which '{}' was to start: {}", workers,
        places.workers, backend.name, command, one_line(answer.error + " " + answer.output)));
  std::vector<HostFacts> hosts;
  for (auto& [name, host] : found) hosts.push_back(std::move(host));
  return hosts;
}

std::string unequal_hosts(std::span<const HostFacts> hosts) {
  const auto kind_of = [](const HostFacts& host) {
    return fmt::format("{} with {} cores", host.processor.empty() ? "a processor" : host.processor,
                       host.cores);
  };
  std::map<std::string, std::vector<std::string>> kinds;
  for (const HostFacts& host : hosts) kinds[kind_of(host)].push_back(host.name);
  if (kinds.size() < 2) return {};
  std::vector<std::string> texts;
  for (const auto& [kind, names] : kinds) texts.push_back(fmt::format("{}: {}", listed(names), kind));
  return fmt::format("the hosts are not equal ({}), so the slowest of them decides how long a cell takes",
                     fmt::join(texts, "; "));
}

}  // namespace runoff
