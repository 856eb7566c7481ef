#include "shared_slots.h"

namespace runoff::mpi {

SharedSlots::SharedSlots(const Ranks& ranks, Results like) {
  const std::size_t bytes = like.count() * like.stride();
  std::byte* first = nullptr;
  // All of it is rank 0's; a page lies near the rank that first writes it.
  MPI_Win_allocate_shared(ranks.leads() ? static_cast<MPI_Aint>(bytes + like.stride()) : 0, 1, MPI_INFO_NULL,
                          ranks.all(), &first, &window_);
  MPI_Aint size = 0;
  int unit = 0;
  MPI_Win_shared_query(window_, 0, &size, &unit, &first);
  MPI_Win_lock_all(MPI_MODE_NOCHECK, window_);
  slots_ = Results(first, like.count(), like.size(), like.stride());
}

SharedSlots::~SharedSlots() {
  MPI_Win_unlock_all(window_);
  MPI_Win_free(&window_);
}

}  // namespace runoff::mpi
