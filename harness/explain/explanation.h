#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "explain/analysis.h"

namespace runoff {

/// Why one cell takes the time that it takes: a row of explain.csv.
struct Explanation {
  std::string workload, parameters, bound, shape, backend, variant;
  std::int64_t workers = 1;
  Analysis analysis;
  std::int64_t executions = 0;  ///< that were stamped
  std::int64_t dropped = 0;     ///< chunks that found no room to be stamped
  /// How many times as long an execution takes with stamps as without, in the same sample; 0: unknown.
  double slowdown = 0;
  /// How many times as long an execution took now, without stamps, as in the samples that were compared.
  double to_compared = 0;
  std::string cause = {};                ///< to_string(Cause)
  std::string sentence = {};             ///< names the backend, the problem, and the main cause
  std::string problem = {}, label = {};  ///< as the report calls them
};

}  // namespace runoff
