#pragma once

#include <mpi.h>

#include <cstdint>

#include "ranks.h"

namespace runoff::mpi {

/// A counter that lies in the memory of rank 0 and that every rank advances by itself. No rank serves it, so
/// rank 0 is free to run tasks: on one machine ranks reach it as memory that they share, since an operation
/// of MPI on another rank's memory may wait, as MPICH's do, until that rank is within a call of MPI. (Each
/// rank then computes its chunk from the count that it got: Eleliemy & Ciorba, "A distributed chunk
/// calculation approach for self-scheduling of parallel applications on distributed-memory systems", 2021.)
/// All ranks make and destroy it together.
class SharedCounter {
 public:
  explicit SharedCounter(const Ranks& ranks);
  ~SharedCounter();
  SharedCounter(const SharedCounter&) = delete;
  SharedCounter& operator=(const SharedCounter&) = delete;

  /// 0 for the first call after a reset, on whatever rank, then 1 …
  std::int64_t next() { return add(1); }
  /// From now on `next` is beyond all that it could be in one execution.
  void stop() { add(std::int64_t{1} << 40); }
  /// By one rank, while no other counts.
  void reset() { add(-add(0)); }

 private:
  std::int64_t add(std::int64_t amount);

  MPI_Win window_ = MPI_WIN_NULL;
  std::int64_t* count_ = nullptr;  // where ranks share memory
};

}  // namespace runoff::mpi
