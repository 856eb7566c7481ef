#include "plan/preset.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/errors.h"
#include "support/json.h"
#include "support/nearest.h"

namespace runoff {
namespace {

namespace fs = std::filesystem;

std::optional<Published> read_published(const nlohmann::json& json) {
  if (!json.contains("experiment")) return std::nullopt;
  return Published{.experiment = json.at("experiment"),
                   .about = json.at("about"),
                   .says = json.value("says", ""),
                   .by_backend = json.value("published", std::map<std::string, std::string>{})};
}

Selection read_selection(const nlohmann::json& json) {
  return {.workloads = json.at("workloads"),
          .backends = json.at("backends"),
          .workers = json.at("workers"),
          .set = json.value("set", std::vector<std::string>{}),
          .published = read_published(json)};
}

Preset read(const fs::path& file) {
  try {
    const auto json = read_json(file);
    Preset preset{.name = file.stem(),
                  .summary = json.at("summary"),
                  .selections = {},
                  .samples = json.value("samples", 0U),
                  .budget = json.value("budget", "")};
    if (json.contains("selections"))
      for (const auto& one : json.at("selections")) preset.selections.push_back(read_selection(one));
    else
      preset.selections.push_back(read_selection(json));
    if (preset.selections.empty())
      throw MachineError(fmt::format("preset '{}' selects nothing", file.string()));
    return preset;
  } catch (const JsonError& error) {
    throw MachineError(fmt::format("preset '{}' is not understood: {}", file.string(), error.what()));
  }
}

}  // namespace

std::vector<Preset> find_presets(const fs::path& folder) {
  std::vector<Preset> presets;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    if (entry.path().extension() == ".json") presets.push_back(read(entry.path()));
  std::sort(presets.begin(), presets.end(), [](const Preset& a, const Preset& b) { return a.name < b.name; });
  return presets;
}

const Preset& find_preset(const std::vector<Preset>& presets, const std::string& name) {
  if (presets.empty()) throw MachineError("there are no presets; is runoff installed whole?");
  std::vector<std::string> known;
  for (const auto& preset : presets) {
    if (preset.name == name) return preset;
    known.push_back(preset.name);
  }
  throw UsageError(fmt::format("unknown preset '{}'{}", name, suggestion(name, known)));
}

}  // namespace runoff
