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

MachineFacts read_machine(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) return {};
  const Json json = Json::parse(stream, nullptr, false);
  if (json.is_discarded())
    throw ReportError(fmt::format("{} is no JSON: remove it to report without it", file.string()));
  MachineFacts facts{text_of(json, "/processor/model"), std::nullopt, text_of(json, "/system/host"),
                     text_of(json, "/started"), text_of(json, "/load_average")};
  const Json::json_pointer cores("/cores_used_as_all");
  if (json.contains(cores) && json[cores].is_number_integer()) facts.cores = json[cores].get<std::int64_t>();
  return facts;
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

  LoadedRun run{folder, {}, read_machine(folder / "environment.json"), false};
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
