#pragma once

#include <omp.h>

#include <stdexcept>
#include <string>

namespace runoff {

/// Has OpenMP make a team of so many threads, which it keeps for the regions to come. Throws where it makes
/// fewer.
inline void require_threads(int workers) {
  omp_set_dynamic(0);
  int made = 0;
#pragma omp parallel num_threads(workers)
#pragma omp master
  made = omp_get_num_threads();
  if (made != workers)
    throw std::runtime_error("OpenMP made " + std::to_string(made) + " threads, not " +
                             std::to_string(workers) + "; is OMP_THREAD_LIMIT set?");
}

}  // namespace runoff
