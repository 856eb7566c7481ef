#pragma once

#include <cstdint>
#include <vector>

#include "machine/boundaries.h"
#include "machine/topology.h"

namespace runoff {

/// What of this machine a run may use.
struct Machine {
  std::vector<int> cpus;  ///< allowed logical processors, in the order in which workers are placed on them
  unsigned cores = 1;     ///< how many workers can run at once: as many as processors and quota allow
  std::int64_t memory_available = 0;      ///< bytes, under the control groups' limits
  unsigned memory_nodes = 1;              ///< parts of it, each nearer to some cores than to others
  std::int64_t processes = 0;             ///< and threads, that its user or its control group may have
  std::int64_t descriptors = 0;           ///< that a process may have
  std::vector<Boundary> boundaries = {};  ///< that workers in this order meet, up to `cores`
  bool here = true;                       ///< else hwloc was told of another machine
};

/// This machine, one processor of each core before their siblings. Throws MachineError, also where hwloc is
/// told of another machine.
Machine look_at_machine();

/// The machine of a topology that need not be this one: then all of its processors and memory.
Machine look_at(const Topology& topology);

}  // namespace runoff
