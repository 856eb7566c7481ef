#include "shared_counter.h"

#include <atomic>

namespace runoff::mpi {

SharedCounter::SharedCounter(const Ranks& ranks) {
  const MPI_Aint bytes = ranks.leads() ? sizeof(std::int64_t) : 0;
  constexpr int unit = sizeof(std::int64_t);
  std::int64_t* count = nullptr;
  // Some transports of Open MPI have no windows of this kind.
  MPI_Comm_set_errhandler(ranks.all(), MPI_ERRORS_RETURN);
  const bool shared =
      ranks.on_one_machine() &&
      MPI_Win_allocate_shared(bytes, unit, MPI_INFO_NULL, ranks.all(), &count, &window_) == MPI_SUCCESS;
  MPI_Comm_set_errhandler(ranks.all(), MPI_ERRORS_ARE_FATAL);
  if (shared) {
    MPI_Aint size = 0;
    int queried_unit = 0;
    MPI_Win_shared_query(window_, 0, &size, &queried_unit, &count_);
  } else {
    MPI_Win_allocate(bytes, unit, MPI_INFO_NULL, ranks.all(), &count, &window_);
  }
  if (ranks.leads()) *count = 0;
  MPI_Win_lock_all(MPI_MODE_NOCHECK, window_);
  MPI_Win_sync(window_);
  MPI_Barrier(ranks.all());
}

SharedCounter::~SharedCounter() {
  MPI_Win_unlock_all(window_);
  MPI_Win_free(&window_);
}

// Only ever sums: ranks that access the same place at once must all use the same operation.
std::int64_t SharedCounter::add(std::int64_t amount) {
  if (count_ != nullptr) return std::atomic_ref(*count_).fetch_add(amount);
  std::int64_t before = 0;
  MPI_Fetch_and_op(&amount, &before, MPI_INT64_T, 0, 0, MPI_SUM, window_);
  MPI_Win_flush(0, window_);
  return before;
}

}  // namespace runoff::mpi
