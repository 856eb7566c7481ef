#pragma once

#include <mpi.h>

#include <algorithm>
#include <span>
#include <vector>

namespace runoff::mpi {

/// The ranks of this job and how this one waits for others. Initialises MPI and finalizes it; once in a
/// process.
///
/// The launcher starts a process for each worker, so that a host has as many workers in every variant. Where
/// a rank has threads, the first of so many processes of a machine is the rank, and the others hold the
/// places of its threads: they sleep until the end.
class Ranks {
 public:
  explicit Ranks(unsigned threads);
  ~Ranks();
  Ranks(const Ranks&) = delete;
  Ranks& operator=(const Ranks&) = delete;

  MPI_Comm all() const { return all_; }
  int rank() const { return rank_; }
  int size() const { return size_; }
  bool leads() const { return rank_ == 0; }
  /// False where this process only holds the place of a thread.
  bool works() const { return all_ != MPI_COMM_NULL; }
  /// How many processes there are.
  int places() const { return places_; }
  /// Of this rank; the last one of a machine has fewer where their number is no multiple of it.
  unsigned threads() const { return std::min(threads_, static_cast<unsigned>(nearby_ - place_)); }
  /// Whether MPI may be called by each of them in turn.
  bool may_have_threads() const { return may_have_threads_; }
  /// Where all processes are, all ranks are: the first process of each machine is one.
  bool on_one_machine() const { return nearby_ == places_; }

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

  unsigned threads_;
  MPI_Comm everyone_ = MPI_COMM_NULL;  // also processes that hold a place
  MPI_Comm all_ = MPI_COMM_NULL;
  int rank_ = -1;
  int size_ = 0;
  int places_ = 1;
  int place_ = 0;   // of this process, on its machine
  int nearby_ = 1;  // processes on its machine
  bool may_have_threads_ = true;
  bool placed_by_launcher_ = false;
  bool crowded_ = false;  // more ranks than cores: a rank that waits actively keeps another from its work
};

}  // namespace runoff::mpi
