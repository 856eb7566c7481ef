#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plan/choice.h"
#include "plan/planned_cell.h"
#include "support/text.h"

namespace runoff {

/// Where workers run. All but `free` keep each worker on a processor of its own, as long as there are enough.
enum class Placement {
  pinned,   ///< one of each core in the order of the cores, then their siblings
  spread,   ///< the same, by turns from each package, cache and memory
  compact,  ///< all of a core before the next
  free,     ///< wherever the system puts them
};

std::string_view to_string(Placement placement);
/// Nothing where no placement is called so.
std::optional<Placement> parse_placement(std::string_view text);
/// All names, the default first.
std::vector<std::string> placement_names();

/// Below this number of samples not even the span from the least to the greatest holds the median in 95 of
/// 100 cases (5 samples: 93.75), so there are no intervals and no verdicts.
inline constexpr unsigned fewest_samples = 6;

/// A difference below this share is none.
inline constexpr double usual_precision = 0.03;

/// Looks of a run that goes on until its verdicts are settled: each has about half as many rounds again as
/// the one before.
inline constexpr std::array<unsigned, 7> usual_looks{fewest_samples, 9, 13, 19, 28, 41, 60};

/// All that defines a run. A run may go on where another of the same plan ended.
struct Plan {
  std::vector<PlannedCell> cells;
  unsigned samples = 1;  ///< of each cell; with `looks`, at most
  /// After how many rounds it is decided which cells need more, in rising order: the last is `samples`.
  /// Empty: every cell gets as many.
  std::vector<unsigned> looks = {};
  double precision = usual_precision;
  std::uint64_t seed = 1;
  Placement placement = Placement::pinned;
  bool huge_pages = false;  ///< large inputs and results lie in them
  bool lent_pages = false;  ///< which one cell has after another
  bool turns = true;        ///< cells that are compared take turns, where there is room for that
  /// The user's own that steer allocator, loader or ranks, and are in force in cells.
  Pairs variables = {};
  std::string endpoint = {};  ///< URL of a server; empty: runoff starts its own where a workload needs one

  /// What is measured, and what measures it: "backend tbb", and a hash of its file; "file urls.txt", which a
  /// workload reads. Samples of another build, or another content, are samples of something else.
  std::map<std::string, std::string> modules = {};

  /// The indices of the cells in the order of one round. The first round is 0. Each round has an order of its
  /// own, which the seed alone decides: workloads are shuffled, in each its problems, in each its cells. So
  /// cells that are compared stand close together, and what changes within seconds changes for all of them
  /// (blocks, as Fisher has it in The Design of Experiments, 1935). The first round goes by parts, the most
  /// important part first, so that a run finds out early what it has time for.
  std::vector<std::size_t> round(unsigned number) const;
};

/// Every workload on every backend with every number of workers that the backend can have. A backend that
/// takes fewer than are asked for runs with the most it takes.
std::vector<PlannedCell> make_cells(std::span<const ChosenWorkload> workloads,
                                    std::span<const ChosenBackend> backends,
                                    std::span<const unsigned> workers);

nlohmann::ordered_json to_json(const Plan& plan);

}  // namespace runoff
