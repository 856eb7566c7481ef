#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "advise/description.h"
#include "plan/selection.h"

namespace runoff {

/// What is known of the core on which described tasks are to be as long as they are described.
struct Calibration {
  double steps_per_ms = 0;  ///< of the work that makes up a task's length
  double beside_ns = 0;     ///< what a task takes beside it: its walk through memory, and its payload

  bool operator==(const Calibration&) const = default;
};

/// The workloads that stand for described ones.
const std::vector<std::string>& likenesses();
/// The one that has the described properties.
const std::string& likeness_of(const Description& description);

/// What is measured of the described work: one workload with all of its properties.
Selection selection_of(const Description& description, const Calibration& calibration,
                       std::vector<std::string> backends, std::vector<std::string> workers);

/// What the calibration is read from, by one worker: tasks of steps alone, and the described ones without
/// steps and without waiting.
Selection selection_of_steps();
Selection selection_beside(const Description& description);
/// From how long their executions took.
double steps_per_ms(double wall_ns);
double beside_ns(const Description& description, double wall_ns);

/// How long a task of the workload is, relative to how long it is described: above 1 where what is beside its
/// steps takes longer.
double stretched(const Description& description, const Calibration& calibration);

}  // namespace runoff
