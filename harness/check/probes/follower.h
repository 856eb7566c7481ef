#pragma once

#include <unistd.h>

#include <cstdlib>
#include <string_view>

/// Whether this process is a worker's and not the one that made the inputs, `leader`; of MPI ranks, each of
/// which makes its own, whether it is not the first.
inline bool is_follower(pid_t leader) {
  for (const char* variable : {"OMPI_COMM_WORLD_RANK", "PMI_RANK"})
    if (const char* const rank = std::getenv(variable)) return std::string_view(rank) != "0";
  return ::getpid() != leader;
}
