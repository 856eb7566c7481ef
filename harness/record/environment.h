#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "catalog/hosts.h"
#include "catalog/module.h"
#include "doctor/finding.h"
#include "machine/machine.h"
#include "plan/plan.h"

namespace runoff {

/// What `describe_environment` cannot find out by itself.
struct RunFacts {
  const Plan& plan;
  std::span<const BackendModule* const> backends;    ///< those that run
  std::span<const WorkloadModule* const> workloads;  ///< those that run
  std::vector<std::string> command_line;
  std::map<std::string, std::string> launchers;  ///< by backend: commands in the place of their own
  std::span<const HostFacts> hosts = {};         ///< that have workers, where there are several
  std::span<const PlacedWorkers> placed = {};    ///< how many each has of cells of each size
  std::int64_t timeout_ns = 0;
  std::span<const Finding> doctor = {};  ///< what was found about this machine
  Pairs cleared = {};                    ///< the user's variables that cells are not given
  bool uses_endpoint = false;            ///< some workload needs an HTTP server
};

/// environment.json: what a reader needs to know of the machine, the build and the settings to judge the run,
/// or to repeat it.
nlohmann::ordered_json describe_environment(const Machine& machine, const RunFacts& facts);

/// Now, in UTC: "2026-01-31T12:00:00Z".
std::string time_stamp();

}  // namespace runoff
