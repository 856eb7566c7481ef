#include "claims/cells.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/errors.h"

namespace runoff {
namespace {

/// Why a module that there is cannot be used here; empty where it can, or where no such name is known.
template <class M>
std::string why_absent(const std::vector<M>& modules, const std::string& name, const char* kind) {
  const M* found = module_named(modules, name);
  return found == nullptr || found->available ? std::string() : why_not_available(*found, kind);
}

FoundCell find_cell(const ClaimSide& side, const Catalog& catalog, unsigned cores) {
  FoundCell found;
  const std::string backend = side.cell.backends.front();
  found.absent = why_absent(catalog.workloads, side.cell.workloads.front(), "workload");
  if (found.absent.empty())
    found.absent = why_absent(catalog.backends, backend.substr(0, backend.find(':')), "backend");
  if (!found.absent.empty()) return found;
  const ChosenCells chosen = choose_cells(catalog, std::span(&side.cell, 1), {}, {.cores = cores});
  if (chosen.cells.size() != 1)
    throw UsageError(fmt::format("it names {} cells, not one", chosen.cells.size()));
  found.cell = chosen.cells.front();
  return found;
}

}  // namespace

std::vector<FoundClaim> find_cells(std::span<const Claim> claims, const Catalog& catalog, unsigned cores,
                                   unsigned memory_nodes) {
  std::vector<FoundClaim> all;
  for (const Claim& claim : claims) {
    FoundClaim found{.claim = &claim, .comparisons = {}, .unfit = {}};
    if (memory_nodes < claim.memory_nodes)
      found.unfit = fmt::format("this machine has {} memory node{}, and it takes {}", memory_nodes,
                                memory_nodes == 1 ? "" : "s", claim.memory_nodes);
    for (const Comparison& comparison : claim.comparisons) {
      if (!found.unfit.empty()) break;
      try {
        found.comparisons.push_back(
            {.comparison = &comparison,
             .of = find_cell(comparison.of, catalog, cores),
             .to = comparison.to ? find_cell(*comparison.to, catalog, cores) : FoundCell{}});
      } catch (const UsageError& error) {
        throw MachineError(
            fmt::format("claim '{}', comparison '{}': {}", claim.name, comparison.place, error.what()));
      }
    }
    all.push_back(std::move(found));
  }
  return all;
}

ChosenCells cells_of(std::span<const FoundClaim> claims, const Catalog& catalog, unsigned cores) {
  std::vector<Selection> selections;
  std::vector<PlannedCell> order;
  for (const FoundClaim& claim : claims) {
    const auto part = static_cast<unsigned>(&claim - claims.data());
    for (const FoundComparison& found : claim.comparisons) {
      const Comparison& comparison = *found.comparison;
      if (!found.of.absent.empty() || !found.to.absent.empty()) continue;
      selections.push_back(comparison.of.cell);
      order.push_back(*found.of.cell);
      order.back().part = part;
      if (!comparison.to) continue;
      selections.push_back(comparison.to->cell);
      order.push_back(*found.to.cell);
      order.back().part = part;
    }
  }
  if (selections.empty()) return {};
  ChosenCells chosen = choose_cells(catalog, selections, {}, {.cores = cores});
  // Parts are numbered without gaps, in the order of the claims that first name a cell.
  std::vector<unsigned> numbers;
  for (PlannedCell& cell : chosen.cells) {
    const auto first = std::find_if(order.begin(), order.end(),
                                    [&cell](const PlannedCell& one) { return is_same_point(one, cell); });
    cell.part = first->part;
    numbers.push_back(cell.part);
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  for (PlannedCell& cell : chosen.cells)
    cell.part =
        static_cast<unsigned>(std::lower_bound(numbers.begin(), numbers.end(), cell.part) - numbers.begin());
  return chosen;
}

}  // namespace runoff
