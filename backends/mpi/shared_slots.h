#pragma once

#include <mpi.h>

#include "ranks.h"
#include "runoff/results.h"

namespace runoff::mpi {

/// Slots in one window that the ranks of a machine share (MPI-3, MPI_Win_allocate_shared): a rank writes the
/// slots of its tasks there, and the one that leads takes them without a message. All ranks make and destroy
/// it together.
class SharedSlots {
 public:
  /// Of the layout that `like` has. Only where all ranks are on one machine.
  SharedSlots(const Ranks& ranks, Results like);
  ~SharedSlots();
  SharedSlots(const SharedSlots&) = delete;
  SharedSlots& operator=(const SharedSlots&) = delete;

  Results slots() const { return slots_; }
  /// Between what a rank wrote and the message that says so, and between that message and the reading.
  void sync() const { MPI_Win_sync(window_); }

 private:
  MPI_Win window_ = MPI_WIN_NULL;
  Results slots_;
};

}  // namespace runoff::mpi
