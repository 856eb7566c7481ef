#pragma once

#include "cli/prepare.h"

namespace runoff {

/// The commands that start workers in the place of backends' own: what --launcher says, and with --hosts what
/// a backend has for several hosts. Throws UsageError.
std::map<std::string, std::string> launchers_of(const Catalog& catalog, const RunOptions& options);

/// Which hosts have workers of a run with --hosts; empty without. Throws UsageError where none of its
/// backends starts workers there, and MachineError where a host does not answer.
std::vector<HostFacts> hosts_of(const Prepared& run, const RunOptions& options);

}  // namespace runoff
