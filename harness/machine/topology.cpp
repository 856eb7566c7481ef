#include "machine/topology.h"

#include <hwloc.h>

#include <algorithm>
#include <set>

#include "machine/allowed_cpus.h"
#include "support/errors.h"
#include "support/json.h"

namespace runoff {
namespace {

std::vector<int> processors(hwloc_const_cpuset_t set) {
  std::vector<int> found;
  for (int cpu = hwloc_bitmap_first(set); cpu >= 0; cpu = hwloc_bitmap_next(set, cpu)) found.push_back(cpu);
  return found;
}

/// Of the processors below an object those that are wanted, one from each of its parts in turn.
std::vector<int> by_turns(hwloc_obj_t object, const std::set<int>& wanted) {
  if (object->type == HWLOC_OBJ_PU) {
    const int cpu = static_cast<int>(object->os_index);
    return wanted.contains(cpu) ? std::vector{cpu} : std::vector<int>{};
  }
  std::vector<std::vector<int>> parts;
  std::size_t longest = 0;
  for (unsigned i = 0; i < object->arity; ++i) {
    parts.push_back(by_turns(object->children[i], wanted));
    longest = std::max(longest, parts.back().size());
  }
  std::vector<int> order;
  for (std::size_t turn = 0; turn < longest; ++turn)
    for (const auto& part : parts)
      if (turn < part.size()) order.push_back(part[turn]);
  return order;
}

std::shared_ptr<hwloc_topology> new_topology() {
  hwloc_topology_t topology = nullptr;
  if (hwloc_topology_init(&topology) != 0) throw MachineError("hwloc cannot be used on this machine");
  return {topology, hwloc_topology_destroy};
}

void load(hwloc_topology* topology) {
  allowed_cpus();  // hwloc would ask for ever where the system does not say
  if (hwloc_topology_load(topology) != 0) throw MachineError("hwloc cannot read this machine's topology");
}

}  // namespace

Topology Topology::of_this_machine() {
  Topology topology = of_told_machine();
  if (!topology.is_of_this_machine())
    throw MachineError(
        "HWLOC_SYNTHETIC or HWLOC_XMLFILE tells of another machine, and nothing can be measured there: unset "
        "it, "
        "or see the plan for that machine with 'runoff run --dry-run'");
  return topology;
}

Topology Topology::of_told_machine() {
  auto topology = new_topology();
  load(topology.get());
  return Topology(std::move(topology));
}

Topology Topology::of(const std::string& description) {
  auto topology = new_topology();
  if (hwloc_topology_set_synthetic(topology.get(), description.c_str()) != 0)
    throw MachineError("hwloc knows no topology '" + description + "'");
  load(topology.get());
  return Topology(std::move(topology));
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

unsigned Topology::memory_nodes() const {
  return static_cast<unsigned>(std::max(1, hwloc_get_nbobjs_by_type(topology_.get(), HWLOC_OBJ_NUMANODE)));
}

bool Topology::is_of_this_machine() const { return hwloc_topology_is_thissystem(topology_.get()) != 0; }

std::vector<int> Topology::all_processors() const {
  std::vector<int> all;
  for (hwloc_obj_t unit = nullptr;
       (unit = hwloc_get_next_obj_by_type(topology_.get(), HWLOC_OBJ_PU, unit)) != nullptr;)
    all.push_back(static_cast<int>(unit->os_index));
  return all;
}

std::int64_t Topology::memory_bytes() const {
  return static_cast<std::int64_t>(hwloc_get_root_obj(topology_.get())->total_memory);
}

std::vector<int> Topology::parts_of(Part part, const std::vector<int>& cpus) const {
  const hwloc_obj_type_t type = part == Part::core          ? HWLOC_OBJ_CORE
                                : part == Part::memory_node ? HWLOC_OBJ_NUMANODE
                                                            : HWLOC_OBJ_PACKAGE;
  std::map<int, int> number_of;
  int number = 0;
  for (hwloc_obj_t one = nullptr; (one = hwloc_get_next_obj_by_type(topology_.get(), type, one)) != nullptr;
       ++number)
    for (const int cpu : processors(one->cpuset)) number_of.emplace(cpu, number);
  std::vector<int> parts;
  for (const int cpu : cpus) parts.push_back(number_of[cpu]);
  return parts;
}

std::vector<int> Topology::one_of_each_core_first(std::vector<int> cpus) const {
  const auto place = places(cpus);
  std::stable_sort(cpus.begin(), cpus.end(), [&place](int a, int b) { return place.at(a) < place.at(b); });
  return cpus;
}

std::vector<int> Topology::far_apart(const std::vector<int>& cpus) const {
  std::map<int, std::set<int>> siblings;  // which of its core -> processors
  for (const auto& [cpu, place] : places(cpus)) siblings[place.first].insert(cpu);
  std::vector<int> order;
  for (const auto& [number, wanted] : siblings) {
    const auto next = by_turns(hwloc_get_root_obj(topology_.get()), wanted);
    order.insert(order.end(), next.begin(), next.end());
  }
  return order;
}

std::vector<int> Topology::close_together(const std::vector<int>& cpus) const {
  const auto place = places(cpus);
  std::vector<int> order = cpus;
  std::stable_sort(order.begin(), order.end(), [&place](int a, int b) {
    return std::pair(place.at(a).second, place.at(a).first) <
           std::pair(place.at(b).second, place.at(b).first);
  });
  return order;
}

std::map<int, std::pair<int, int>> Topology::places(const std::vector<int>& cpus) const {
  std::map<int, std::pair<int, int>> place;
  for (const int cpu : cpus) place[cpu];
  int number = 0;
  for (hwloc_obj_t core = nullptr;
       (core = hwloc_get_next_obj_by_type(topology_.get(), HWLOC_OBJ_CORE, core)) != nullptr; ++number) {
    int sibling = 0;
    for (const int cpu : processors(core->cpuset))
      if (const auto found = place.find(cpu); found != place.end()) found->second = {sibling++, number};
  }
  return place;
}

}  // namespace runoff
