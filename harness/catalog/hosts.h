#pragma once

#include <chrono>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "catalog/launcher_words.h"
#include "catalog/module.h"

namespace runoff {

/// A host on which a launcher starts workers.
struct HostFacts {
  std::string name, processor, kernel;
  unsigned cores = 0;    ///< that its workers may use
  unsigned workers = 0;  ///< of those asked for
};

/// The hosts of a cell with so many workers.
struct PlacedWorkers {
  std::string backend;
  unsigned workers = 0;
  std::vector<HostFacts> hosts;
};

/// The hosts on which this command starts workers for the backend, in the order of their names. Each worker
/// is a `cell` (runoff-cell), which tells where it is. Throws MachineError where not as many answer, with
/// what the launcher says.
std::vector<HostFacts> ask_hosts(const BackendModule& backend, const std::string& command,
                                 const LauncherPlaces& places, const std::filesystem::path& cell);

/// What a file of hosts names, one a line: what stands before the first blank. Comments stand behind '#'.
std::vector<std::string> names_in(const std::filesystem::path& hosts);

/// Where processes of a launcher are so many workers each: a file in `folder` that names the same hosts, with
/// so many times fewer `slots=`. Throws UsageError where a host's are no multiple of it.
std::filesystem::path hosts_of_processes(const std::filesystem::path& hosts, unsigned threads,
                                         const std::filesystem::path& folder);

/// Those in the file `places.hosts` that do not answer within `patience` where the command is to start a
/// worker there alone, by their names in the file.
std::vector<std::string> silent_hosts(const BackendModule& backend, const std::string& command,
                                      const LauncherPlaces& places, const std::filesystem::path& cell,
                                      std::chrono::milliseconds patience);

/// What differs among hosts, in words; empty where nothing does.
std::string unequal_hosts(std::span<const HostFacts> hosts);

}  // namespace runoff
