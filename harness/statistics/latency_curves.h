#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace runoff {

/// What a share of the tasks of one sample did not exceed.
struct Latency {
  std::string run, workload, parameters, backend, variant;
  std::int64_t workers = 1;
  std::int64_t order = 0;  ///< of the sample
  double quantile = 0;     ///< the share, up to 1
  double ns = 0;
};

/// The latencies of a cell's tasks: at each share the median over its samples.
struct LatencyCurve {
  struct Point {
    double quantile;
    double ns;
  };

  std::string workload, parameters, backend, variant;
  std::int64_t workers = 1;
  std::vector<Point> points;  ///< by quantile
};

/// One for each cell, in the order of their first rows. Samples that ran other numbers of tasks tell other
/// shares: at a share that one of them does not tell it counts with the next larger one that it does.
std::vector<LatencyCurve> latency_curves(std::span<const Latency> latencies);

}  // namespace runoff
