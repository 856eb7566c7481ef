#include "machine/boundaries.h"

#include <algorithm>
#include <map>
#include <set>

namespace runoff {
namespace {

using Part = Topology::Part;

struct PartNames {
  Part part;
  const char *filled, *touched;
};
/// The smaller before the larger.
constexpr PartNames part_names[] = {{Part::core, "one core", ""},
                                    {Part::memory_node, "one memory node", "one in each memory node"},
                                    {Part::package, "one socket", "one in each socket"}};

std::size_t count_of(const std::vector<int>& parts) {
  return std::set<int>(parts.begin(), parts.end()).size();
}

/// How many of the first are in the same part as the very first.
std::size_t leading(const std::vector<int>& parts) {
  return static_cast<std::size_t>(
      std::find_if(parts.begin(), parts.end(), [&parts](int part) { return part != parts.front(); }) -
      parts.begin());
}

/// How many of the first it takes to have one of each part.
std::size_t until_each(const std::vector<int>& parts) {
  std::set<int> seen;
  const std::size_t all = count_of(parts);
  std::size_t taken = 0;
  while (seen.size() < all) seen.insert(parts[taken++]);
  return taken;
}

/// Whether the first so many have all the cores of their part among them.
bool fills(std::size_t first, const std::vector<int>& parts, const std::vector<int>& cores) {
  std::set<int> of_part, of_first;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] == parts.front()) of_part.insert(cores[i]);
    if (i < first) of_first.insert(cores[i]);
  }
  return of_part == of_first;
}

}  // namespace

std::vector<Boundary> boundaries_of(const Topology& topology, const std::vector<int>& order) {
  if (order.empty()) return {};
  const std::vector<int> cores = topology.parts_of(Part::core, order);
  std::map<std::size_t, const char*> found;
  for (const auto& [part, filled, touched] : part_names) {
    const std::vector<int> parts = topology.parts_of(part, order);
    if (count_of(parts) < 2) continue;
    const std::size_t first = leading(parts);
    if (fills(first, parts, cores))
      found[first] = filled;
    else
      found[until_each(parts)] = touched;
  }
  found.erase(1);
  found[order.size()] = "all processors";
  if (until_each(cores) == count_of(cores)) found[count_of(cores)] = "all cores";
  std::vector<Boundary> boundaries;
  for (const auto& [workers, name] : found) boundaries.push_back({static_cast<unsigned>(workers), name});
  return boundaries;
}

std::vector<Boundary> boundaries_without_places(const Topology& topology, const std::vector<int>& cpus) {
  const auto processors = static_cast<unsigned>(cpus.size());
  const auto cores = static_cast<unsigned>(count_of(topology.parts_of(Part::core, cpus)));
  if (cores == processors) return {{cores, "all cores"}};
  return {{cores, "all cores"}, {processors, "all processors"}};
}

std::vector<Boundary> boundaries_up_to(unsigned cores, std::vector<Boundary> boundaries) {
  const bool beyond =
      std::erase_if(boundaries, [cores](const Boundary& one) { return one.workers > cores; }) > 0;
  if (beyond && (boundaries.empty() || boundaries.back().workers < cores))
    boundaries.push_back({cores, "the quota"});
  return boundaries;
}

}  // namespace runoff
