#include "report/load.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

namespace runoff {
namespace {

using Json = nlohmann::json;

std::string text_of(const Json& json, const char* pointer) {
  const Json::json_pointer place(pointer);
  return json.contains(place) && json[place].is_string() ? json[place].get<std::string>() : std::string();
}

/// environment.json; null where it is missing.
Json read_environment(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) return {};
  Json json = Json::parse(stream, nullptr, false);
  if (json.is_discarded())
    throw ReportError(fmt::format("{} is no JSON: remove it to report without it", file.string()));
  return json;
}

MachineFacts machine_of(const Json& environment) {
  MachineFacts facts{text_of(environment, "/processor/model"), std::nullopt,
                     text_of(environment, "/system/host"), text_of(environment, "/started"),
                     text_of(environment, "/load_average")};
  const Json::json_pointer cores("/cores_used_as_all");
  if (environment.contains(cores) && environment[cores].is_number_integer())
    facts.cores = environment[cores].get<std::int64_t>();
  return facts;
}

std::map<std::string, std::string> grains_of(const Json& environment) {
  std::map<std::string, std::string> grains;
  const Json::json_pointer workloads("/workloads");
  if (!environment.contains(workloads) || !environment[workloads].is_object()) return grains;
  for (const auto& [name, facts] : environment[workloads].items())
    if (const std::string grain = text_of(facts, "/grain"); !grain.empty()) grains[name] = grain;
  return grains;
}

}  // namespace

LoadedRun load_run(const std::filesystem::path& folder) {
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error))
    throw ReportError(fmt::format("there is no folder '{}'; give the folder of a run", folder.string()));
  const auto file = folder / "samples.csv";
  std::ifstream stream(file, std::ios::binary);
  if (!stream || std::filesystem::is_directory(file, error))
    throw ReportError(
        fmt::format("'{}' holds no run: it has no samples.csv that can be read", folder.string()));
  const std::string text{std::istreambuf_iterator<char>(stream), {}};

  const Json environment = read_environment(folder / "environment.json");
  LoadedRun run{folder, {}, machine_of(environment), false, grains_of(environment)};
  try {
    const CsvTable table = parse_csv(text);
    run.torn = table.torn;
    run.samples = read_samples(table);
  } catch (const CsvError& damage) {
    throw ReportError(fmt::format("{} is damaged: {}", file.string(), damage.what()));
  }
  if (run.samples.empty()) throw ReportError(fmt::format("{} has no samples yet", file.string()));
  return run;
}

}  // namespace runoff
