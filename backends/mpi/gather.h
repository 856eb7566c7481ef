#pragma once

#include <mpi.h>

#include <cstdint>
#include <string>
#include <vector>

#include "ranks.h"
#include "runoff/backend.h"
#include "runoff/failure.h"
#include "shared_slots.h"

namespace runoff::mpi {

/// What a rank says after an execution.
struct Report {
  Seen seen;
  std::vector<std::int64_t> chunks;      ///< those that it ran
  bool failed = false;                   ///< it did not run all of its tasks
  FailureKind kind = FailureKind::none;  ///< of what one of its own tasks threw
  std::string failure;
  std::uint64_t step = 0;  ///< of a graph, where that was

  /// Within a catch block: what was caught has kept this rank from running all of its tasks.
  void keep_caught();
};

/// Brings reports and slots from the ranks to the one that leads.
class Gather {
 public:
  /// `slots`: where the results lie, of the same layout in every rank. `shared`: where the other ranks put
  /// them, else they are sent.
  Gather(const Ranks& ranks, const std::vector<Range>& chunks, Results slots,
         const SharedSlots* shared = nullptr);
  ~Gather();
  Gather(const Gather&) = delete;
  Gather& operator=(const Gather&) = delete;

  /// On a rank that follows: sends its report and the slots of the chunks in it.
  void send(const Report& report);

  /// On the rank that leads: takes a report of each other rank, and their slots.
  std::vector<Report> receive();

 private:
  void take_shared(const std::vector<std::int64_t>& chunks);
  template <class Transfer>
  void for_each_message(const std::vector<std::int64_t>& chunks, Transfer transfer) const;

  const Ranks& ranks_;
  const std::vector<Range>& chunks_;
  Results slots_;
  const SharedSlots* shared_;
  MPI_Datatype slot_ = MPI_DATATYPE_NULL;  // the bytes of one slot, a stride apart from the next
};

}  // namespace runoff::mpi
