#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "catalog/module.h"
#include "support/install.h"

namespace runoff {

/// All backends and workloads there are, those that are not available included. Sorted by name.
struct Catalog {
  std::vector<BackendModule> backends;
  std::vector<WorkloadModule> workloads;
};

/// Looks into the installation's module folders and at `plugins`, and has each module described by a process
/// of its own, because two runtimes may never meet in one. Throws UsageError when a plugin's file is not
/// there or two modules share a name, MachineError when runoff-cell cannot be started.
Catalog find_catalog(const Install& install, std::span<const std::filesystem::path> plugins);

}  // namespace runoff
