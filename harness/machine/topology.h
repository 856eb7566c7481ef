#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>
#include <vector>

struct hwloc_topology;

namespace runoff {

/// Packages, cores, caches and memory nodes, as hwloc sees them.
class Topology {
 public:
  /// What processors may have in common.
  enum class Part { core, memory_node, package };

  /// Throws MachineError when hwloc cannot look, and where it is told of another machine.
  static Topology of_this_machine();
  /// Of the machine that HWLOC_SYNTHETIC or HWLOC_XMLFILE tells hwloc of; without them of this one.
  static Topology of_told_machine();
  /// Of a machine that there need not be: "package:2 core:4 pu:2" (hwloc's synthetic topologies).
  static Topology of(const std::string& description);

  /// Counts, cache sizes in bytes, and which logical processors share a core.
  nlohmann::ordered_json describe() const;

  unsigned memory_nodes() const;

  bool is_of_this_machine() const;
  /// Logical processors, in the order of the cores.
  std::vector<int> all_processors() const;
  std::int64_t memory_bytes() const;
  /// Of each of these processors: the number of the part that it is in, counted from 0; 0 where the machine
  /// has no such parts.
  std::vector<int> parts_of(Part part, const std::vector<int>& cpus) const;

  /// The same processors: first one of each core, then their hyper-threading siblings, and so on.
  std::vector<int> one_of_each_core_first(std::vector<int> cpus) const;
  /// The same, and by turns from each package, and within it from each cache and memory: far from each other.
  std::vector<int> far_apart(const std::vector<int>& cpus) const;
  /// All of a core, then its neighbour's: close to each other.
  std::vector<int> close_together(const std::vector<int>& cpus) const;

 private:
  /// Of each of these processors: which of its core it is, and which core.
  std::map<int, std::pair<int, int>> places(const std::vector<int>& cpus) const;
  explicit Topology(std::shared_ptr<hwloc_topology> topology) : topology_(std::move(topology)) {}
  std::shared_ptr<hwloc_topology> topology_;
};

}  // namespace runoff
