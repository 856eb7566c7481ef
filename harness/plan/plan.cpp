#include "plan/plan.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <random>
#include <tuple>
#include <utility>

#include "runoff/parameters.h"
#include "support/json.h"
#include "support/label.h"

namespace runoff {
namespace {

/// With those of the parameters that have several values in the run.
std::string label(const ChosenWorkload& workload, const ChosenBackend& backend, const std::string& variant,
                  unsigned workers) {
  Pairs told = parse_pairs(workload.parameters);
  std::erase_if(told, [&names = workload.swept_names](const auto& parameter) {
    return std::find(names.begin(), names.end(), parameter.first) == names.end();
  });
  return cell_label(workload.module->name, join_pairs(told), backend.module->name, variant, workers);
}

constexpr std::array<std::pair<Placement, std::string_view>, 4> placements{{{Placement::pinned, "pinned"},
                                                                            {Placement::spread, "spread"},
                                                                            {Placement::compact, "compact"},
                                                                            {Placement::free, "free"}}};

/// The variant, without what makes no difference to this workload.
std::string variant_of(const ChosenWorkload& workload, const ChosenBackend& backend) {
  const auto shape = shape_from(workload.module->shape);
  if (!shape) return backend.variant;
  const auto pairs = parse_pairs(backend.variant);
  return variant_for(*shape, backend.module->options, {pairs.begin(), pairs.end()});
}

/// 0: no limit.
unsigned limit_of(const BackendModule& backend, const std::string& variant) {
  const auto pairs = parse_pairs(variant);
  return is_lone(backend.options, {pairs.begin(), pairs.end()}) ? 1 : backend.most_workers;
}

/// From 0 to limit - 1, each as likely as any other.
std::uint64_t below(std::uint64_t limit, std::mt19937_64& random) {
  const std::uint64_t uneven = -limit % limit;  // 2^64 modulo limit: that many would come once too often
  std::uint64_t number = random();
  while (number < uneven) number = random();
  return number % limit;
}

/// Fisher and Yates. The generator is the same everywhere; std::shuffle is not.
void shuffle(std::vector<std::size_t>& order, std::mt19937_64& random) {
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[below(i, random)]);
}

/// Of each cell, the place of its group: cells that have the same `key` form one, and groups are shuffled.
template <class Key>
std::vector<std::size_t> places_of(std::span<const PlannedCell> cells, Key key, std::mt19937_64& random) {
  std::map<decltype(key(cells[0])), std::size_t> groups;
  for (const PlannedCell& cell : cells) groups.try_emplace(key(cell), groups.size());
  std::vector<std::size_t> order(groups.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  shuffle(order, random);
  std::vector<std::size_t> places;
  for (const PlannedCell& cell : cells) places.push_back(order[groups.at(key(cell))]);
  return places;
}

}  // namespace

std::string_view to_string(Placement placement) {
  for (const auto& [one, name] : placements)
    if (one == placement) return name;
  return {};
}

std::optional<Placement> parse_placement(std::string_view text) {
  for (const auto& [one, name] : placements)
    if (name == text) return one;
  return std::nullopt;
}

std::vector<std::string> placement_names() {
  std::vector<std::string> names;
  for (const auto& [one, name] : placements) names.emplace_back(name);
  return names;
}

std::vector<PlannedCell> make_cells(std::span<const ChosenWorkload> workloads,
                                    std::span<const ChosenBackend> backends,
                                    std::span<const unsigned> workers) {
  std::vector<PlannedCell> cells;
  for (const auto& workload : workloads) {
    for (const auto& backend : backends) {
      const std::string variant = variant_of(workload, backend);
      const unsigned most = limit_of(*backend.module, variant);
      unsigned before = 0;
      for (const unsigned asked : workers) {
        const unsigned taken = most == 0 ? asked : std::min(asked, most);
        if (taken == before) continue;  // workers come sorted
        before = taken;
        cells.push_back({workload.module->name, workload.parameters, workload.module->bound,
                         workload.module->shape, backend.module->name, variant, taken,
                         label(workload, backend, variant, taken)});
      }
    }
  }
  return cells;
}

std::vector<std::size_t> Plan::round(unsigned number) const {
  // Seeded for each round, so that any round can be made again alone.
  std::seed_seq seeds{seed & 0xffffffff, seed >> 32, std::uint64_t{number}};
  std::mt19937_64 random(seeds);
  std::vector<std::size_t> order(cells.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  shuffle(order, random);
  const auto workload = places_of(
      cells, [](const PlannedCell& cell) { return cell.workload; }, random);
  const auto problem = places_of(
      cells, [](const PlannedCell& cell) { return std::pair(cell.workload, cell.parameters); }, random);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto place = [&](std::size_t i) {
      return std::tuple(number == 0 ? cells[i].part : 0, workload[i], problem[i]);
    };
    return place(a) < place(b);
  });
  return order;
}

Json to_json(const Plan& plan) {
  Json cells = Json::array();
  for (const auto& cell : plan.cells)
    cells.push_back({{"workload", cell.workload},
                     {"parameters", cell.parameters},
                     {"backend", cell.backend},
                     {"variant", cell.variant},
                     {"workers", cell.workers},
                     {"part", cell.part}});
  Json json{{"seed", plan.seed}, {"samples", plan.samples}};
  if (!plan.looks.empty()) {
    json["looks"] = plan.looks;
    json["precision"] = plan.precision;
  }
  json.update(Json{{"placement", to_string(plan.placement)}, {"turns", plan.turns}});
  if (plan.huge_pages) json.update(Json{{"huge_pages", true}, {"lent_pages", plan.lent_pages}});
  for (const auto& [name, value] : plan.variables) json["variables"][name] = value;
  if (!plan.endpoint.empty()) json["endpoint"] = plan.endpoint;
  json["modules"] = plan.modules;
  json["cells"] = std::move(cells);
  return json;
}

}  // namespace runoff
