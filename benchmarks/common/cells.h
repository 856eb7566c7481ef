#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "support/install.h"
#include "support/temporary_folder.h"

namespace benchmarks {

/// What runoff-cell is to measure.
struct Cell {
  std::string workload;
  std::vector<std::string> parameters;
  std::string backend;
  std::vector<std::string> variant = {};
  unsigned workers = 1;
  bool pinned = false;           ///< a core for each worker, from the first
  std::uint64_t iterations = 0;  ///< 0: as many as runoff-cell takes by itself
};

/// Cells of this build, as `runoff run` would start them.
class Cells {
 public:
  bool has(const std::string& backend) const;
  /// A shell command that measures once and prints what was found: see `figures_of`.
  std::string command(const Cell& cell) const;

 private:
  runoff::Install install_ = runoff::find_install();
  runoff::TemporaryFolder folder_;  // the cells'
};

}  // namespace benchmarks
