#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "claims/claim.h"
#include "plan/choose_cells.h"

namespace runoff {

/// A cell that a claim names, on this machine.
struct FoundCell {
  std::optional<PlannedCell> cell;
  std::string absent;  ///< why there is none: what its backend or workload lacks here
};

/// A comparison with the cells that it compares.
struct FoundComparison {
  const Comparison* comparison = nullptr;
  FoundCell of, to;  ///< without a `to` in the comparison, that is nothing
};

/// A claim with its cells. Points into the claim.
struct FoundClaim {
  const Claim* claim = nullptr;
  std::vector<FoundComparison> comparisons;
  std::string unfit;  ///< why this machine cannot answer it at all; it then has no comparisons
};

/// Finds the cells that claims compare. Throws MachineError where a claim names what no catalog has: it names
/// the claim and the comparison.
std::vector<FoundClaim> find_cells(std::span<const Claim> claims, const Catalog& catalog, unsigned cores,
                                   unsigned memory_nodes);

/// All cells, each once, for a plan: each claim is a part, so that one that there is no time for is left out
/// as a whole.
ChosenCells cells_of(std::span<const FoundClaim> claims, const Catalog& catalog, unsigned cores);

}  // namespace runoff
