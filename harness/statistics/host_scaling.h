#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "statistics/cells.h"
#include "statistics/weak_scaling.h"

namespace runoff {

/// Where the workers of a cell are that a launcher starts.
struct WorkersOnHosts {
  std::string backend;
  std::int64_t workers = 0;
  std::vector<std::pair<std::string, std::int64_t>> hosts;  ///< how many each has
};

/// What more hosts bring to one backend, beside the most workers that it had on one host.
struct HostCurve {
  /// One number of workers.
  struct Point {
    const Cell* cell = nullptr;
    const WorkersOnHosts* where = nullptr;
    /// How much faster than on one host; of work that grows with its workers: how much more of it in the same
    /// time. Nothing on one host.
    std::optional<Estimate> gain = {};
    /// The gain by how many times more workers there are: 1 is ideal.
    std::optional<Estimate> efficiency = {};
    /// Only where a problem shows the runtime's own cost: how much longer a task takes than on one host, ns.
    std::optional<Estimate> added_ns = {};
  };
  std::string grows;          ///< the parameter that grows with the workers; empty: strong scaling
  std::vector<Point> points;  ///< by workers; the first ones on one host, others on several
  std::size_t one_host = 0;   ///< how many points are on one host; at least one
};

/// The curves of all backends that `places` tells of, those that have workers on one host and on several.
/// Problems with several numbers of workers first, then what grows with its workers (`weak`). Points into all
/// three.
std::vector<HostCurve> host_curves(std::span<const Cell> cells, std::span<const WeakCurve> weak,
                                   std::span<const WorkersOnHosts> places);

}  // namespace runoff
