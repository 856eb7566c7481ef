#pragma once

#include <mpi.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gather.h"
#include "graph.h"
#include "ranks.h"
#include "runoff/backend_plugin.h"
#include "shared_counter.h"
#include "shared_slots.h"
#include "subtrees.h"
#include "threads.h"

namespace runoff::mpi {

enum class Command : int { execute, usage, end };

/// One worker a rank, or several, which are its threads; rank 0 leads and works. Every rank has made the
/// workload and its inputs by itself; results are gathered on rank 0, which pays for it. One source, compiled
/// with the headers of each MPI.
class Mpi final : public Backend {
 public:
  explicit Mpi(const Settings& settings);
  ~Mpi() override;

  Execution start(const Independent& loop, Results results, Host& host) override;
  Execution start(const Dependent& graph, Results results, Host& host) override;
  /// Each rank cuts the recursion into the same subtrees and takes one after the other; rank 0 joins them.
  Execution start(const Recursive& recursion, Results results, Host& host) override;
  bool follow() override;
  Seen seen_elsewhere() override;
  Usage used_elsewhere() override;

 private:
  /// Makes this process a rank. False where it has nothing to do, as the rank that leads refuses the
  /// workload.
  bool begin(const Workload& workload, Results results, Host& host);
  void refuse_what_cannot_be(const Workload& workload, Results results) const;
  bool working() const { return gather_.has_value(); }
  void tell(Command command);
  Command next_command();
  void serve();
  void lead();

  unsigned workers_;
  unsigned threads_of_rank_;
  bool share_slots_;
  Host* host_ = nullptr;
  std::function<Report()> share_;  // of this rank in one execution
  std::vector<Range> chunks_;
  Seen seen_;
  std::optional<Ranks> ranks_;
  std::optional<Threads> threads_;  // of this rank; they end before MPI does
  std::optional<SharedCounter> counter_;
  std::optional<Subtrees> subtrees_;
  std::optional<SharedSlots> shared_;
  std::optional<Gather> gather_;
  std::optional<Graph> graph_;
};

/// For a module's description.
std::vector<Parameter> options();
/// The first words of what the library says of itself.
std::string version();

}  // namespace runoff::mpi
