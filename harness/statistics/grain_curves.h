#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "statistics/cells.h"
#include "statistics/metg.h"
#include "statistics/verdict.h"

namespace runoff {

/// How well one backend, with one variant and number of workers, keeps up as tasks become shorter.
struct GrainCurve {
  std::string workload;
  std::string grain;       ///< the parameter that was swept
  std::string parameters;  ///< all others, joined by ';'
  std::string backend;
  std::string variant;
  std::int64_t workers = 1;
  SweepEnd end = {};  ///< of the best of all curves that are of the `same_question`
  std::optional<double> peak =
      {};  ///< their best, grain × tasks a second; nothing where none of them reached one
  std::vector<Efficiency> curve = {};  ///< the longest tasks first; empty without a peak
  std::optional<Estimate> metg = {};   ///< METG(50 %), ns; nothing where the curve does not cross 50 %
  Judgement judgement = {};            ///< by the ratio of its METG to the shortest; kept out without one
};

/// Whether two curves can be compared, and so share their peak: all but the backend and its variant is equal.
bool same_question(const GrainCurve& a, const GrainCurve& b);

/// Curves that stand in the order of `grain_curves`, those of one question together.
std::vector<std::span<const GrainCurve>> by_question(std::span<const GrainCurve> curves);

/// The curves of all workloads in which the parameter that `grains` names for them took several values above
/// 0. Cells that were kept out are left out. Ordered by question, then by METG; those without one last.
std::vector<GrainCurve> grain_curves(std::span<const Cell> cells,
                                     const std::map<std::string, std::string>& grains, const Rules& rules);

}  // namespace runoff
