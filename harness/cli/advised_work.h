#pragma once

#include <chrono>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "advise/advice.h"
#include "advise/likeness.h"
#include "advise/neighbours.h"
#include "cli/commands.h"
#include "cli/prepare.h"
#include "machine/steering.h"

namespace runoff {

/// From where on a reader must hear that tasks are longer than described.
inline constexpr double stretched_much = 1.1;

/// The workload that stands for a description.
struct ToMeasure {
  std::string workload, parameters;
};

/// The work that `runoff advise` measures: what is described, and its neighbours.
class AdvisedWork {
 public:
  /// Throws UsageError for a description that cannot be.
  explicit AdvisedWork(const AdviseCommand& command);

  /// Finds out how much work the described time is, and makes the plan of the described work; a folder that
  /// is gone on with has the first already. False when it was interrupted. Throws UsageError, also where
  /// there is no time or no room, and MachineError.
  bool prepare();
  /// The plan of the neighbours, for those that may be best at them. Throws UsageError and MachineError.
  Prepared prepare_neighbours(const Contest& contest, std::chrono::nanoseconds budget);
  /// Leaves in the folder what going on needs.
  void keep(const std::filesystem::path& folder) const;

  const RunOptions& options;
  Description described;
  std::vector<Neighbour> neighbours;
  double stretched = 1;  ///< how much longer tasks are than described
  SteeringVariables steering;
  Prepared run;                     ///< of the described work
  std::vector<ToMeasure> measured;  ///< of the description, then of the neighbours

 private:
  bool read_kept();
  void drop_what_cannot_be();
  std::vector<std::string> workers_of(const Description& description) const;
  std::vector<ToMeasure> plan_for(std::span<const Description> descriptions,
                                  std::span<const Calibration> found, const std::vector<std::string>& words,
                                  Absent absent, Prepared& prepared) const;

  std::vector<Calibration> calibrations_;  ///< of the description, then of the neighbours
  std::vector<std::string> contenders_;    ///< backends that neighbours are measured with
};

/// Twice as long, for a command line.
std::string longer_budget(std::chrono::nanoseconds budget);

}  // namespace runoff
