#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "machine/machine.h"
#include "record/sample.h"

namespace runoff {

/// A person wants no more.
struct Interrupted {};

/// Measures a small workload on the backend `planted`, whose faults are known.
class PlantedCells {
 public:
  /// Throws MachineError where its module is missing.
  PlantedCells();

  /// As many samples of each variant, interleaved. Throws Interrupted.
  std::vector<Sample> measure(const std::vector<std::string>& backends, unsigned samples,
                              std::uint64_t seed) const;

 private:
  Install install_;
  Machine machine_;
  Catalog catalog_;
};

}  // namespace runoff
