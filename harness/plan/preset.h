#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "plan/selection.h"

namespace runoff {

/// Selections with a name: a file of JSON, so that adding one needs no code. It holds "selections", or the
/// fields of one. Workloads and backends that are not there are left out.
struct Preset {
  std::string name;
  std::string summary;
  std::vector<Selection> selections;  ///< one at least
  unsigned samples = 6;
  std::string budget;  ///< a time; empty: none
};

/// All presets of a folder, by name. Throws MachineError for a file that is none.
std::vector<Preset> find_presets(const std::filesystem::path& folder);

/// The one of that name. Throws UsageError that suggests the nearest.
const Preset& find_preset(const std::vector<Preset>& presets, const std::string& name);

}  // namespace runoff
