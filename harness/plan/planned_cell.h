#pragma once

#include <compare>
#include <string>
#include <tuple>

namespace runoff {

/// One point of the comparison, as a plan holds it: not measured yet.
struct PlannedCell {
  std::string workload;
  std::string parameters;  ///< all of them, as Parameters::canonical writes them
  std::string bound;
  std::string shape;
  std::string backend;
  std::string variant;  ///< canonical
  unsigned workers = 1;
  std::string label;  ///< its benchmark's name
  unsigned part = 0;  ///< see parts.h

  auto operator<=>(const PlannedCell&) const = default;
};

/// Whether both are the same point of the comparison, whatever they are called and whichever part they belong
/// to.
inline bool is_same_point(const PlannedCell& a, const PlannedCell& b) {
  return std::tie(a.workload, a.parameters, a.backend, a.variant, a.workers) ==
         std::tie(b.workload, b.parameters, b.backend, b.variant, b.workers);
}

}  // namespace runoff
