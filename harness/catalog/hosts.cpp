#include "catalog/hosts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <string_view>
#include <utility>

#include "process/capture.h"
#include "support/errors.h"
#include "support/files.h"
#include "support/json.h"
#include "support/list.h"
#include "support/temporary_folder.h"
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

/// Of each line that names a host: the line.
std::vector<std::string> lines_of(const std::filesystem::path& hosts) {
  std::vector<std::string> lines;
  for (const auto& line : split(read_file(hosts), "\n"))
    if (std::string host = one_line(line.substr(0, line.find('#'))); !host.empty())
      lines.push_back(std::move(host));
  return lines;
}

std::string name_in(const std::string& line) { return line.substr(0, line.find_first_of(" \t")); }

/// The same line, with slots that are processes of so many workers.
std::string with_slots_of(std::string line, unsigned threads) {
  constexpr std::string_view word = " slots=";
  const std::size_t place = line.find(word);
  if (place == line.npos) return line;
  const std::size_t begin = place + word.size();
  const std::size_t end = std::min(line.find(' ', begin), line.size());
  const auto workers = parse_count(std::string_view(line).substr(begin, end - begin));
  if (!workers || *workers < 1 || *workers % threads != 0)
    throw UsageError(fmt::format("--hosts: '{}': slots are no multiple of the {} workers that a process has",
                                 line, threads));
  return line.replace(begin, end - begin, std::to_string(*workers / threads));
}

/// A launcher that is killed leaves files behind: they go to `temporary`.
std::vector<std::string> asking(const BackendModule& backend, const std::string& command,
                                const LauncherPlaces& places, const std::filesystem::path& cell,
                                const std::filesystem::path& temporary) {
  std::vector<std::string> words{"env", "TMPDIR=" + temporary.string()};
  for (const auto& [name, value] : backend.environment) words.push_back(name + "=" + value);
  for (auto& word : launcher_words(command, places)) words.push_back(std::move(word));
  words.insert(words.end(), {cell.string(), "--host"});
  return words;
}

/// Adds the workers that answered, and returns how many.
unsigned add_workers(const Captured& answer, std::map<std::string, HostFacts>& hosts) {
  unsigned workers = 0;
  for (const auto& line : split(answer.output, "\n"))
    if (add_worker(line, hosts)) ++workers;
  return workers;
}

}  // namespace

std::vector<std::string> names_in(const std::filesystem::path& hosts) {
  std::vector<std::string> names;
  for (const auto& line : lines_of(hosts)) names.push_back(name_in(line));
  return names;
}

std::filesystem::path hosts_of_processes(const std::filesystem::path& hosts, unsigned threads,
                                         const std::filesystem::path& folder) {
  std::string text;
  for (auto& line : lines_of(hosts)) text += with_slots_of(std::move(line), threads) + "\n";
  auto file = folder / fmt::format("hosts-of-{}", threads);
  write_file(file, text);
  return file;
}

std::vector<std::string> silent_hosts(const BackendModule& backend, const std::string& command,
                                      const LauncherPlaces& places, const std::filesystem::path& cell,
                                      std::chrono::milliseconds patience) {
  // Of a job on all of them none answers where one cannot be reached.
  const TemporaryFolder folder;
  const std::vector<std::string> lines = lines_of(places.hosts);
  std::vector<std::vector<std::string>> commands;
  for (std::size_t host = 0; host < lines.size(); ++host) {
    const auto alone = folder.path() / std::to_string(host);
    write_file(alone, lines[host] + "\n");
    commands.push_back(asking(backend, command,
                              {.workers = 1, .shared_memory = places.shared_memory, .hosts = alone}, cell,
                              folder.path()));
  }
  const std::vector<Captured> answers = capture_all(commands, patience);
  std::vector<std::string> silent;
  std::map<std::string, HostFacts> heard;
  for (std::size_t host = 0; host < lines.size(); ++host)
    if (add_workers(answers[host], heard) == 0) silent.push_back(name_in(lines[host]));
  return silent;
}

std::vector<HostFacts> ask_hosts(const BackendModule& backend, const std::string& command,
                                 const LauncherPlaces& places, const std::filesystem::path& cell) {
  const TemporaryFolder folder;
  const Captured answer =
      capture_all({asking(backend, command, places, cell, folder.path())}, patience_with_hosts).front();
  std::map<std::string, HostFacts> found;
  const unsigned workers = add_workers(answer, found);
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
