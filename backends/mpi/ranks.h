#pragma once

#include <mpi.h>

#include <span>

namespace runoff::mpi {

/// The ranks of this job and how this one waits for others. Initialises MPI and finalizes it; once in a
/// process.
class Ranks {
 public:
  Ranks();
  ~Ranks();
  Ranks(const Ranks&) = delete;
  Ranks& operator=(const Ranks&) = delete;

  MPI_Comm all() const { return all_; }
  int rank() const { return rank_; }
  int size() const { return size_; }
  bool leads() const { return rank_ == 0; }
  bool on_one_machine() const { return on_one_machine_; }

  /// Puts each rank of a machine on a core of its own, of these where this machine has them: when there are
  /// enough, and the launcher has not placed them. Leaves them where they are when no cores are given.
  void place(std::span<const int> cores);

  /// Waits for one request, which may take as long as other ranks work.
  void wait(MPI_Request& request) const;
  /// Waits for several, which come soon.
  void wait_for_all(std::span<MPI_Request> requests, std::span<MPI_Status> statuses) const;
  /// Waits for a message with this tag from any rank, as patiently.
  MPI_Message wait_for_message(int tag, MPI_Status& status) const;
  /// Waits for all of many transfers.
  void finish(std::span<MPI_Request> transfers) const;

 private:
  MPI_Comm all_ = MPI_COMM_NULL;
  int rank_ = 0;
  int size_ = 1;
  MPI_Comm machine_ = MPI_COMM_NULL;  // the ranks that share memory with this one
  bool on_one_machine_ = false;
  bool crowded_ = false;  // more ranks than cores: a rank that waits actively keeps another from its work
};

}  // namespace runoff::mpi
