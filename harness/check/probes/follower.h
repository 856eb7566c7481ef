#pragma once

#include <unistd.h>

#include <cstdlib>
#include <string_view>

/// Whether this process is a worker's and not the one that made the inputs, `leader`; of MPI ranks, each of
/// which makes its own, whether it is not the first.
inline bool is_follower(pid_t leader) {
  const char* const rank = std::getenv("OMPI_COMM_WORLD_RANK");
  return rank != nullptr ? std::string_view(rank) != "0" : ::getpid() != leader;
}
