#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "catalog/module.h"
#include "launcher/protocol.h"
#include "plan/memory_needs.h"
#include "plan/plan.h"
#include "run/companies.h"

namespace runoff {

/// How cells are started, whichever they are.
struct CellSettings {
  std::filesystem::path cell;  ///< runoff-cell
  std::vector<int> cpus;       ///< where workers are placed, in this order
  Placement placement = Placement::pinned;
  bool huge_pages = false;  ///< for large inputs and results
  std::int64_t lent_pages =
      0;  ///< bytes of them that may wait for the next cell; 0: each cell has fresh ones
  std::map<std::string, std::string> launchers = {};  ///< by backend: in the place of its own
  std::filesystem::path hosts = {};                   ///< the file that names them, where there are several
  std::chrono::nanoseconds timeout{0};
  MemoryNeeds memory = {};    ///< of the workloads
  Provisions for_turns = {};  ///< what cells that take turns may have together; nothing: each is alone
  std::vector<std::string> more = {};  ///< options for runoff-cell that a usual sample has not
  Pairs endpoint = {};                 ///< variables that name the server, for cells whose workload needs one
};

/// Bytes that the inputs and results of a cell take; nothing where the settings do not say it.
std::optional<std::int64_t> memory_of(const PlannedCell& cell, const CellSettings& settings);

/// Whether they are to lie in huge pages: not where all of them are smaller than one.
bool wants_huge_pages(const PlannedCell& cell, const CellSettings& settings);

/// The command line and the environment of one cell's process, which writes its outcome to `result`, beside
/// which files for its launcher may be; that one may make files of shared memory in the folder
/// `shared_memory`.
Request cell_request(const PlannedCell& cell, const WorkloadModule& workload, const BackendModule& backend,
                     const CellSettings& settings, const std::filesystem::path& result,
                     const std::filesystem::path& shared_memory);

}  // namespace runoff
