#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "advise/likeness.h"
#include "advise/neighbours.h"
#include "cli/commands.h"
#include "cli/prepare.h"
#include "machine/steering.h"

namespace runoff {

/// From where on a reader must hear that tasks are longer than described.
inline constexpr double stretched_much = 1.1;

/// The work that `runoff advise` measures: what is described, and its neighbours.
struct AdvisedWork {
  /// Throws UsageError for a description that cannot be, or that there is no time for.
  explicit AdvisedWork(const AdviseCommand& command);

  /// Finds out how much work the described time is, and makes the plan; a folder that is gone on with has the
  /// first already. False when it was interrupted. Throws UsageError and MachineError.
  bool prepare();
  /// Leaves in the folder what going on needs.
  void keep(const std::filesystem::path& folder) const;

  const RunOptions& options;
  Description described;
  std::vector<Neighbour> neighbours;
  std::vector<Calibration> calibrations;  ///< of the description, then of the neighbours
  double stretched = 1;                   ///< how much longer tasks are than described
  SteeringVariables steering;
  Prepared run;
  std::vector<ChosenWorkload> chosen;  ///< of the description, then of the neighbours

 private:
  std::vector<Description> all() const;
  bool read_calibrations();
  void drop_what_cannot_be();
  void make_cells();
};

/// Twice as long, for a command line.
std::string longer_budget(std::chrono::nanoseconds budget);

}  // namespace runoff
