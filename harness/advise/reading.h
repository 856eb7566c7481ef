#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "advise/description.h"
#include "cell/outcome.h"
#include "cell/read_stamps.h"

namespace runoff {

/// What a description is read off: a workload that one worker ran.
struct Observed {
  std::string shape = {};
  Outcome sample = {};            ///< without stamps
  StampedCell stamped = {};       ///< the same, with stamps
  std::int64_t result_bytes = 0;  ///< of a task's slot
  std::int64_t input_bytes = 0;   ///< that the workload claimed for its inputs
};

/// A description, and what of it is not known or only partly, a sentence each.
struct Reading {
  Description description = {};
  bool knows_tasks = true;  ///< else how many there are, and so how long one is, is not known
  std::vector<std::string> doubts = {};
};
Reading read_off(const Observed& observed);

/// The geometric standard deviation of lognormal lengths whose standard deviation is so many times their
/// mean.
double spread_of_variation(double variation);

}  // namespace runoff
