#include "report/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>

#include "report/latencies_csv.h"
#include "support/files.h"
#include "support/json.h"
#include "support/text.h"

namespace runoff {
namespace {

std::string text_of(const Json& json, const char* pointer) {
  const Json::json_pointer place(pointer);
  return json.contains(place) && json[place].is_string() ? json[place].get<std::string>() : std::string();
}

std::optional<std::int64_t> whole_of(const Json& json, const char* name) {
  const auto found = json.find(name);
  if (found == json.end() || !found->is_number_integer()) return {};
  return found->get<std::int64_t>();
}

/// The same for all values of text.
Json printable(Json json) {
  if (json.is_string()) return runoff::printable(json.get<std::string>());
  if (json.is_structured())
    for (Json& value : json) value = printable(std::move(value));
  return json;
}

/// environment.json; null where it is missing.
Json read_environment(const std::filesystem::path& file) {
  const auto text = read_if_there(file);
  if (!text) return {};
  try {
    return printable(parse_json(*text));
  } catch (const JsonError&) {
    throw ReportError(fmt::format("{} is no JSON: remove it to report without it", file.string()));
  }
}

/// "hosts_by_workers": [{"backend": "mpi", "workers": 2, "hosts": {"node1": 1, "node2": 1}}].
std::vector<WorkersOnHosts> places_in(const Json& environment) {
  std::vector<WorkersOnHosts> places;
  const auto found = environment.find("hosts_by_workers");
  if (found == environment.end() || !found->is_array()) return places;
  for (const Json& one : *found) {
    const auto workers = one.is_object() ? whole_of(one, "workers") : std::nullopt;
    if (!workers || !one.contains("hosts") || !one["hosts"].is_object()) continue;
    WorkersOnHosts place{text_of(one, "/backend"), *workers, {}};
    for (const auto& [host, number] : one["hosts"].items())
      if (number.is_number_integer()) place.hosts.emplace_back(host, number.get<std::int64_t>());
    places.push_back(std::move(place));
  }
  return places;
}

/// 0 where there are no several hosts.
unsigned most_on_one_host(std::span<const WorkersOnHosts> places) {
  unsigned most = 0;
  for (const WorkersOnHosts& place : places)
    if (place.hosts.size() == 1) most = std::max(most, static_cast<unsigned>(place.workers));
  return most;
}

std::vector<Boundary> boundaries_in(const Json& environment) {
  std::vector<Boundary> boundaries;
  const Json::json_pointer place("/placement/boundaries");
  if (!environment.contains(place) || !environment[place].is_array()) return boundaries;
  for (const Json& one : environment[place])
    if (const auto workers = one.find("workers"); workers != one.end() && workers->is_number_unsigned())
      boundaries.push_back({workers->get<unsigned>(), text_of(one, "/name")});
  return boundaries;
}

MachineFacts machine_of(const Json& environment) {
  MachineFacts facts{text_of(environment, "/processor/model"), std::nullopt,
                     text_of(environment, "/system/host"), text_of(environment, "/started"),
                     text_of(environment, "/load_average")};
  facts.cores = whole_of(environment, "cores_used_as_all");
  facts.places = places_in(environment);
  facts.boundaries = boundaries_in(environment);
  if (const unsigned most = most_on_one_host(facts.places)) {
    const auto same = std::find_if(facts.boundaries.begin(), facts.boundaries.end(),
                                   [most](const Boundary& one) { return one.workers == most; });
    if (same == facts.boundaries.end())
      facts.boundaries.push_back({most, "one host"});
    else
      same->name += ", one host";
  }
  return facts;
}

/// How the run decided what to measure: "sampling" of environment.json.
Rules rules_of(const Json& environment) {
  Rules rules;
  const Json::json_pointer precision("/sampling/precision"), looks("/sampling/looks");
  if (environment.contains(precision) && environment[precision].is_number())
    rules.precision = environment[precision].get<double>();
  if (!environment.contains(looks) || !environment[looks].is_array()) return rules;
  std::vector<unsigned> rounds;
  for (const Json& round : environment[looks])
    if (round.is_number_unsigned()) rounds.push_back(round.get<unsigned>());
  std::sort(rounds.begin(), rounds.end());
  rules.looks = Looks(std::move(rounds));
  return rules;
}

/// One fact of each thing in a list of environment.json: "grain" of each of the "workloads"; those without it
/// are left out.
std::map<std::string, std::string> facts_of(const Json& environment, const char* list, const char* fact) {
  std::map<std::string, std::string> facts;
  const auto found = environment.find(list);
  if (found == environment.end() || !found->is_object()) return facts;
  for (const auto& [name, about] : found->items())
    if (const std::string text = text_of(about, fact); !text.empty()) facts[name] = text;
  return facts;
}

std::vector<std::string> texts_in(const Json& environment, const char* list) {
  std::vector<std::string> texts;
  const auto found = environment.find(list);
  if (found == environment.end() || !found->is_array()) return texts;
  for (const Json& one : *found)
    if (one.is_string()) texts.push_back(one.get<std::string>());
  return texts;
}

Origins origins_of(const Json& environment) {
  Origins origins;
  const auto found = environment.find("runtimes");
  if (found == environment.end() || !found->is_object()) return origins;
  for (const auto& [backend, about] : found->items())
    if (const auto list = about.find("how_to_get"); list != about.end() && list->is_object())
      for (const auto& [variant, text] : list->items())
        if (text.is_string()) origins[backend].emplace_back(variant, text.get<std::string>());
  return origins;
}

std::vector<MadeAgain> experiments_of(const Json& environment) {
  std::vector<MadeAgain> all;
  const auto found = environment.find("experiments");
  if (found == environment.end() || !found->is_array()) return all;
  for (const Json& one : *found) {
    MadeAgain experiment{text_of(one, "/experiment"), text_of(one, "/about"), text_of(one, "/says"), {}};
    if (const auto rows = one.find("rows"); rows != one.end() && rows->is_array())
      for (const Json& row : *rows)
        experiment.rows.push_back({text_of(row, "/workload"), text_of(row, "/parameters"),
                                   text_of(row, "/backend"), text_of(row, "/variant"),
                                   whole_of(row, "workers").value_or(1), text_of(row, "/published")});
    all.push_back(std::move(experiment));
  }
  return all;
}

std::vector<Omission> left_out_of(const Json& environment) {
  std::vector<Omission> all;
  const auto found = environment.find("left_out");
  if (found == environment.end() || !found->is_array()) return all;
  for (const Json& one : *found) {
    Omission left{text_of(one, "/sentence"), {}};
    if (const auto cells = one.find("cells"); cells != one.end() && cells->is_array())
      for (const Json& label : *cells)
        if (label.is_string()) left.cells.insert(label.get<std::string>());
    all.push_back(std::move(left));
  }
  return all;
}

/// Those of samples that are there: the others belong to samples that never ended.
std::vector<Latency> latencies_of(const std::filesystem::path& file, std::span<const Sample> samples) {
  std::vector<Latency> all = read_latencies(file);
  const std::string& run = samples.front().run;
  std::set<std::int64_t> orders;
  for (const Sample& sample : samples) orders.insert(sample.order);
  for (const Latency& one : all)
    if (one.run != run)
      throw ReportError(fmt::format(
          "{} holds latencies of the run '{}', and samples.csv samples of '{}'; put its own file back, or "
          "remove it",
          file.string(), printable(one.run), run));
  std::erase_if(all, [&orders](const Latency& one) { return !orders.contains(one.order); });
  return all;
}

}  // namespace

std::string MachineFacts::text() const {
  std::string text = processor;
  if (cores) text += fmt::format("{}{} core{}", text.empty() ? "" : ", ", *cores, *cores == 1 ? "" : "s");
  return text;
}

LoadedRun load_run(const std::filesystem::path& folder) {
  std::error_code error;
  if (std::filesystem::is_regular_file(folder, error))
    throw ReportError(fmt::format("'{}' is a file; give the folder of a run: '{}'", folder.string(),
                                  folder.has_parent_path() ? folder.parent_path().string() : "."));
  if (!std::filesystem::is_directory(folder, error)) {
    const bool is_none = !error || error == std::errc::no_such_file_or_directory;
    throw ReportError(is_none
                          ? fmt::format("there is no folder '{}'; give the folder of a run", folder.string())
                          : fmt::format("cannot read '{}': {}", folder.string(), error.message()));
  }
  const auto file = folder / "samples.csv";
  auto text = read_if_there(file);
  if (!text) throw ReportError(fmt::format("'{}' holds no run: it has no samples.csv", folder.string()));

  const Json environment = read_environment(folder / "environment.json");
  LoadedRun run{.folder = folder,
                .samples = {},
                .machine = machine_of(environment),
                .rules = rules_of(environment),
                .grains = facts_of(environment, "workloads", "/grain"),
                .references = facts_of(environment, "workloads", "/reference"),
                .origins = origins_of(environment),
                .experiments = experiments_of(environment),
                .concurrency_options = facts_of(environment, "runtimes", "/concurrency_option"),
                .left_out = left_out_of(environment),
                .interleaved = text_of(environment, "/interleaved"),
                .open = text_of(environment, "/open/sentence"),
                .unequal_terms = texts_in(environment, "unequal_terms"),
                .latencies = {},
                .setup = setup_of(environment)};
  try {
    ReadSamples read = read_samples(*text);
    run.torn = read.torn;
    run.samples = std::move(read.samples);
  } catch (const CsvError& damage) {
    throw ReportError(fmt::format("{} is damaged: {}", file.string(), damage.what()));
  }
  text.reset();
  if (run.samples.empty()) throw ReportError(fmt::format("{} has no samples yet", file.string()));
  run.latencies = latency_curves(latencies_of(folder / "latencies.csv", run.samples));
  return run;
}

}  // namespace runoff
