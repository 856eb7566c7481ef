#pragma once

#include <mpi.h>

#include <span>
#include <vector>

namespace runoff::mpi {

/// The ranks of this job and how this one waits for others. Initialises MPI and finalizes it; once in a
/// process.
class Ranks {
 public:
  /// So many workers, so many of them threads of each rank; of the last one, those that are left.
  Ranks(unsigned workers, unsigned threads);
  ~Ranks();
  Ranks(const Ranks&) = delete;
  Ranks& operator=(const Ranks&) = delete;

  MPI_Comm all() const { return all_; }
  int rank() const { return rank_; }
  int size() const { return size_; }
  bool leads() const { return rank_ == 0; }
  /// Of this rank.
  unsigned threads() const { return threads_; }
  /// Whether MPI may be called by each of them in turn.
  bool may_have_threads() const { return may_have_threads_; }
  bool on_one_machine() const { return on_one_machine_; }

  /// The core of each thread of this rank, of these where this machine has them: when there are enough for
  /// all ranks, and the launcher has not placed them. Else, and when no cores are given, none: they stay
  /// where they are.
  std::vector<int> place(std::span<const int> cores);

  /// Waits for one request, which may take as long as other ranks work.
  void wait(MPI_Request& request) const;
  /// Waits for several, which come soon.
  void wait_for_all(std::span<MPI_Request> requests, std::span<MPI_Status> statuses) const;
  /// Waits for a message with this tag from any rank, as patiently.
  MPI_Message wait_for_message(int tag, MPI_Status& status) const;
  /// Waits for all of many transfers.
  void finish(std::span<MPI_Request> transfers) const;

 private:
  void look_at_machine();

  MPI_Comm all_ = MPI_COMM_NULL;
  int rank_ = 0;
  int size_ = 1;
  unsigned threads_ = 1;
  unsigned before_ = 0;  // workers of the ranks before this one on its machine
  bool on_one_machine_ = true;
  bool may_have_threads_ = true;
  bool placed_by_launcher_ = false;
  bool crowded_ = false;  // more workers than cores: a rank that waits actively keeps another from its work
};

}  // namespace runoff::mpi
