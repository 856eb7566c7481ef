#include "machine/topology.h"

#include <hwloc.h>

#include <algorithm>
#include <map>

#include "support/errors.h"
#include "support/json.h"

namespace runoff {
namespace {

std::vector<int> processors(hwloc_const_cpuset_t set) {
  std::vector<int> found;
  for (int cpu = hwloc_bitmap_first(set); cpu >= 0; cpu = hwloc_bitmap_next(set, cpu)) found.push_back(cpu);
  return found;
}

}  // namespace

Topology Topology::of_this_machine() {
  hwloc_topology_t topology = nullptr;
  if (hwloc_topology_init(&topology) != 0) throw MachineError("hwloc cannot be used on this machine");
  std::shared_ptr<hwloc_topology> owned(topology, hwloc_topology_destroy);
  if (hwloc_topology_load(topology) != 0) throw MachineError("hwloc cannot read this machine's topology");
  return Topology(std::move(owned));
}

Json Topology::describe() const {
  hwloc_topology_t topology = topology_.get();
  Json description{{"packages", hwloc_get_nbobjs_by_type(topology, HWLOC_OBJ_PACKAGE)},
                   {"numa_nodes", hwloc_get_nbobjs_by_type(topology, HWLOC_OBJ_NUMANODE)},
                   {"cores", hwloc_get_nbobjs_by_type(topology, HWLOC_OBJ_CORE)},
                   {"processors", hwloc_get_nbobjs_by_type(topology, HWLOC_OBJ_PU)}};
  Json siblings = Json::array();
  for (hwloc_obj_t core = nullptr;
       (core = hwloc_get_next_obj_by_type(topology, HWLOC_OBJ_CORE, core)) != nullptr;)
    siblings.push_back(processors(core->cpuset));
  description["processors_of_cores"] = std::move(siblings);
  Json caches = Json::array();
  for (const auto type : {HWLOC_OBJ_L1CACHE, HWLOC_OBJ_L2CACHE, HWLOC_OBJ_L3CACHE}) {
    const hwloc_obj_t first = hwloc_get_next_obj_by_type(topology, type, nullptr);
    if (first == nullptr) continue;
    caches.push_back({{"level", hwloc_obj_type_string(type)},
                      {"bytes", first->attr->cache.size},
                      {"line_bytes", first->attr->cache.linesize},
                      {"count", hwloc_get_nbobjs_by_type(topology, type)}});
  }
  description["caches"] = std::move(caches);
  return description;
}

std::vector<int> Topology::one_of_each_core_first(std::vector<int> cpus) const {
  std::map<int, std::pair<int, int>> place;  // processor -> which of its core, which core
  int number = 0;
  for (hwloc_obj_t core = nullptr;
       (core = hwloc_get_next_obj_by_type(topology_.get(), HWLOC_OBJ_CORE, core)) != nullptr; ++number) {
    int sibling = 0;
    for (const int cpu : processors(core->cpuset))
      if (std::find(cpus.begin(), cpus.end(), cpu) != cpus.end()) place[cpu] = {sibling++, number};
  }
  std::stable_sort(cpus.begin(), cpus.end(), [&place](int a, int b) { return place[a] < place[b]; });
  return cpus;
}

}  // namespace runoff
