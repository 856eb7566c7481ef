#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <vector>

struct hwloc_topology;

namespace runoff {

/// Packages, cores, caches and memory nodes, as hwloc sees them.
class Topology {
 public:
  /// Throws MachineError when hwloc cannot look.
  static Topology of_this_machine();

  /// Counts, cache sizes in bytes, and which logical processors share a core.
  nlohmann::ordered_json describe() const;

  /// The same processors: first one of each core, then their hyper-threading siblings, and so on.
  std::vector<int> one_of_each_core_first(std::vector<int> cpus) const;

 private:
  explicit Topology(std::shared_ptr<hwloc_topology> topology) : topology_(std::move(topology)) {}
  std::shared_ptr<hwloc_topology> topology_;
};

}  // namespace runoff
