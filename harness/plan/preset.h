#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace runoff {

/// A selection with a name: a file of JSON, so that adding one needs no code. Its fields are written like the
/// command line's options of the same name. Workloads and backends that are not there are left out.
struct Preset {
  std::string name;
  std::string summary;
  std::vector<std::string> workloads;
  std::vector<std::string> backends;
  std::vector<std::string> workers;
  std::vector<std::string> set;
  unsigned samples = 6;
  std::string budget;  ///< a time; empty: none
};

/// All presets of a folder, by name. Throws MachineError for a file that is none.
std::vector<Preset> find_presets(const std::filesystem::path& folder);

/// The one of that name. Throws UsageError that suggests the nearest.
const Preset& find_preset(const std::vector<Preset>& presets, const std::string& name);

}  // namespace runoff
