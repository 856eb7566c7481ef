#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "catalog/module.h"
#include "support/install.h"

namespace runoff {

/// All backends and workloads, those that are not available included. Sorted by name.
struct Catalog {
  std::vector<BackendModule> backends;
  std::vector<WorkloadModule> workloads;
};

/// Finds the modules of the installation's folders and of `plugins`. A process of its own describes each
/// module, because two runtimes must never meet in one. Throws UsageError when a plugin's file is not there
/// or two modules share a name, MachineError when runoff-cell cannot be started.
Catalog find_catalog(const Install& install, std::span<const std::filesystem::path> plugins);

/// The same, but of the installation only the modules of these names, and what was left out of it: its files
/// are called as its modules are. To ask all of them takes a process each.
Catalog find_catalog(const Install& install, std::span<const std::filesystem::path> plugins,
                     std::span<const std::string> names);

}  // namespace runoff
