#include "shared_counter.h"

namespace runoff::mpi {

SharedCounter::SharedCounter(MPI_Comm ranks) {
  int rank = 0;
  MPI_Comm_rank(ranks, &rank);
  std::int64_t* count = nullptr;
  MPI_Win_allocate(rank == 0 ? sizeof(*count) : 0, sizeof(*count), MPI_INFO_NULL, ranks, &count, &window_);
  if (rank == 0) *count = 0;
  MPI_Win_lock_all(MPI_MODE_NOCHECK, window_);
  MPI_Win_sync(window_);
  MPI_Barrier(ranks);
}

SharedCounter::~SharedCounter() {
  MPI_Win_unlock_all(window_);
  MPI_Win_free(&window_);
}

// Only ever sums: ranks that access the same place at once must all use the same operation.
std::int64_t SharedCounter::add(std::int64_t amount) {
  std::int64_t before = 0;
  MPI_Fetch_and_op(&amount, &before, MPI_INT64_T, 0, 0, MPI_SUM, window_);
  MPI_Win_flush(0, window_);
  return before;
}

}  // namespace runoff::mpi
