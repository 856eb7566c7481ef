#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "cell/read_stamps.h"

namespace runoff {

/// What tasks cost when one worker runs them one after the other: the base of "useful" and of "slower".
class SerialCost {
 public:
  /// From the stamps of the serial cell, whose executions took `wall_ns` when they were not stamped: the
  /// stamps tell how that is spread over the tasks.
  SerialCost(const StampedCell& stamped, double wall_ns);

  /// Of all tasks: on a processor, and off it.
  double work_ns() const { return work_ns_; }
  double wait_ns() const { return wait_ns_; }

  /// On a processor, of the tasks of one chunk; 0 where serial did not stamp those.
  double of(const Stamp& chunk) const;

 private:
  double before(std::uint32_t task) const;

  double work_ns_ = 0, wait_ns_ = 0;
  std::vector<std::pair<std::uint32_t, double>> up_to_;                      // of a loop: all tasks before
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> of_graph_task_;  // by step and point
};

}  // namespace runoff
