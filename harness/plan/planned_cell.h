#pragma once

#include <compare>
#include <string>

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

}  // namespace runoff
