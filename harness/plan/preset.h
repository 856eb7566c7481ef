#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "plan/selection.h"

namespace runoff {

/// Selections with a name, in a file of JSON. It holds "selections", or the fields of one selection.
/// Workloads and backends that are not there are left out.
struct Preset {
  std::string name;
  std::string summary;
  std::vector<Selection> selections;  ///< one at least
  unsigned samples = 0;               ///< of each cell; 0: as many as settle its verdicts
  std::string budget;                 ///< a time; empty: none
};

/// All presets of a folder, sorted by name. Throws MachineError for a file that is no preset.
std::vector<Preset> find_presets(const std::filesystem::path& folder);

/// The preset of that name. Throws UsageError, which suggests the nearest.
const Preset& find_preset(const std::vector<Preset>& presets, const std::string& name);

}  // namespace runoff
