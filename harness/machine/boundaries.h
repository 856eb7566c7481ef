#pragma once

#include <string>
#include <vector>

#include "machine/topology.h"

namespace runoff {

/// Where more workers leave a part of the machine.
struct Boundary {
  unsigned workers = 0;  ///< the most that are still within
  std::string name;      ///< "one memory node", "one socket", "all cores"
};

/// The boundaries that workers meet where worker k is on the k-th of these processors, by their workers.
/// Where an order takes a socket after the other they are what fills a part; where it takes turns, what has
/// one worker in each part. A name is that of the larger part where several end with the same worker.
std::vector<Boundary> boundaries_of(const Topology& topology, const std::vector<int>& order);

/// Those of workers that the kernel places: only how many there can be.
std::vector<Boundary> boundaries_without_places(const Topology& topology, const std::vector<int>& cpus);

/// Those that so many workers at once can meet, under a quota that is below the number of processors.
std::vector<Boundary> boundaries_up_to(unsigned cores, std::vector<Boundary> boundaries);

}  // namespace runoff
