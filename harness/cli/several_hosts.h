#pragma once

#include "cli/prepare.h"

namespace runoff {

/// The commands that start workers in the place of backends' own: what --launcher says, and with --hosts what
/// a backend has for several hosts. Throws UsageError.
std::map<std::string, std::string> launchers_of(const Catalog& catalog, const RunOptions& options);

/// Where the workers of a run with --hosts are, for each number of workers that a backend has there; empty
/// without. Throws UsageError where none of its backends starts workers there, and MachineError where a host
/// does not answer.
std::vector<PlacedWorkers> place_on_hosts(const Prepared& run, const RunOptions& options);

/// The hosts of the cell that is on most of them.
std::vector<HostFacts> all_hosts(std::span<const PlacedWorkers> placed);

}  // namespace runoff
