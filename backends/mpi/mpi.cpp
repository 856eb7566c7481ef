#include <mpi.h>

#include <climits>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "gather.h"
#include "graph.h"
#include "ranks.h"
#include "runoff/backend_plugin.h"
#include "runoff/scheduling/chunks.h"
#include "shared_counter.h"
#include "shared_slots.h"
#include "subtrees.h"
#include "tags.h"
#include "take_all.h"
#include "threads.h"

namespace {

using namespace runoff;
using namespace runoff::mpi;

enum class Command : int { execute, usage, end };

/// The chunks of one execution, largest first, the same in every rank.
std::vector<Range> cut(std::size_t tasks, unsigned workers) {
  std::vector<Range> chunks;
  ChunkCounter counter;
  for (Range chunk; !(chunk = counter.take(tasks, workers)).empty();) chunks.push_back(chunk);
  return chunks;
}

/// One worker a rank, or several, which are its threads; rank 0 leads and works. Every rank has made the
/// workload and its inputs by itself; results are gathered on rank 0, which pays for it.
class Mpi final : public Backend {
 public:
  explicit Mpi(const Settings& settings)
      : workers_(settings.workers),
        threads_of_rank_(
            settings.variant.has("threads") ? static_cast<unsigned>(settings.variant.count("threads")) : 1),
        share_slots_(settings.variant.text("results") == "shared") {}

  ~Mpi() override {
    if (ranks_ && ranks_->leads() && working()) tell(Command::end);
  }

  Execution start(const Independent& loop, Results results, Host& host) override {
    if (!begin(loop, results, host)) return {};
    chunks_ = cut(loop.tasks(), workers_);
    counter_.emplace(ranks_->all());
    if (share_slots_) shared_.emplace(*ranks_, results);
    gather_.emplace(*ranks_, chunks_, results, shared_ ? &*shared_ : nullptr);
    const Results own = shared_ && !ranks_->leads() ? shared_->slots() : results;
    share_ = [this, &loop, own] {
      return take_all(*counter_, static_cast<std::int64_t>(chunks_.size()), *threads_,
                      [&](std::int64_t chunk) { loop.run(chunks_[static_cast<std::size_t>(chunk)], own); });
    };
    return [this] {
      counter_->reset();
      lead();
    };
  }

  Execution start(const Dependent& graph, Results results, Host& host) override {
    if (!begin(graph, results, host)) return {};
    graph_.emplace(*ranks_, *threads_, graph, results);
    gather_.emplace(*ranks_, chunks_, results);
    share_ = [this] { return graph_->work(); };
    return [this] { lead(); };
  }

  /// Each rank cuts the recursion into the same subtrees and takes one after the other; rank 0 joins them.
  Execution start(const Recursive& recursion, Results results, Host& host) override {
    if (!begin(recursion, results, host)) return {};
    subtrees_.emplace(recursion, *ranks_, *threads_, workers_);
    gather_.emplace(*ranks_, subtrees_->numbers(), subtrees_->slots());
    share_ = [this] { return subtrees_->work(); };
    return [this, results] {
      subtrees_->reset();
      lead();
      subtrees_->join(results);
    };
  }

  bool follow() override {
    if (ranks_->leads()) return false;
    if (working()) serve();
    return true;
  }

  Seen seen_elsewhere() override { return std::exchange(seen_, {}); }

  Usage used_elsewhere() override {
    if (!working()) return {};
    tell(Command::usage);
    Usage sum;
    for (int source = 1; source < ranks_->size(); ++source) {
      Usage usage;
      MPI_Status status;
      MPI_Message message = ranks_->wait_for_message(tag_usage, status);
      MPI_Mrecv(&usage, sizeof(usage), MPI_BYTE, &message, MPI_STATUS_IGNORE);
      sum += usage;
    }
    return sum;
  }

 private:
  /// Makes this process a rank. False where it has nothing to do, as the rank that leads refuses the
  /// workload, or as its place is that of a thread of another rank.
  bool begin(const Workload& workload, Results results, Host& host) {
    host_ = &host;
    ranks_.emplace(threads_of_rank_);
    if (!ranks_->works()) return false;
    try {
      refuse_what_cannot_be(workload, results);
    } catch (const std::exception&) {
      if (ranks_->leads()) throw;  // one rank complains
      return false;
    }
    threads_.emplace(ranks_->threads(), ranks_->place(host.cores()));
    return true;
  }

  void refuse_what_cannot_be(const Workload& workload, Results results) const {
    const std::string workers = std::to_string(workers_);
    if (static_cast<unsigned>(ranks_->places()) != workers_)
      throw std::runtime_error(
          "mpi was started with " + std::to_string(ranks_->places()) + " rank(s) for " + workers +
          " worker(s); the launcher must start as many, as one job: mpirun -n " + workers +
          ", or srun --mpi=pmix -n " + workers + " (--launcher mpi='mpirun -n {workers}')");
    if (!ranks_->may_have_threads())
      throw Unsupported(
          "threads=: this MPI lets only one thread of a rank call it (no MPI_THREAD_SERIALIZED)");
    if (workload.writes_memory())
      throw Unsupported("ranks share no memory, which the tasks of this workload do");
    if (share_slots_ && workload.shape() == Shape::independent && !ranks_->on_one_machine())
      throw Unsupported(
          "results=shared: ranks on several machines have no memory in common; results=message runs there");
    if (results.size() > INT_MAX)
      throw Unsupported("MPI cannot send a result of 2 GiB or more; choose a smaller payload");
  }

  bool working() const { return gather_.has_value(); }

  void tell(Command command) {
    for (int rank = 1; rank < ranks_->size(); ++rank)
      MPI_Send(&command, 1, MPI_INT, rank, tag_command, ranks_->all());
  }

  Command next_command() {
    Command command{};
    MPI_Request request = MPI_REQUEST_NULL;
    MPI_Irecv(&command, 1, MPI_INT, 0, tag_command, ranks_->all(), &request);
    ranks_->wait(request);
    return command;
  }

  void serve() {
    for (;;) switch (next_command()) {
        case Command::execute: {
          Report report = share_();
          report.seen = host_->look();
          if (graph_) report.seen.bytes_copied = graph_->bytes_sent();
          gather_->send(report);
          if (graph_) graph_->send_slots();
          break;
        }
        case Command::usage: {
          Usage usage = host_->usage();
          MPI_Send(&usage, sizeof(usage), MPI_BYTE, 0, tag_usage, ranks_->all());
          break;
        }
        case Command::end:
          return;
      }
  }

  void lead() {
    tell(Command::execute);
    Report first = share_();
    if (graph_) seen_.bytes_copied += graph_->bytes_sent();
    for (Report& report : gather_->receive()) {
      seen_ += report.seen;
      // Of several failures, the first in a graph: later ones may be what became of it.
      const bool told = report.kind != FailureKind::none;
      if (told && (first.kind == FailureKind::none || report.step < first.step)) first = std::move(report);
    }
    if (graph_) graph_->receive_slots();
    if (first.kind != FailureKind::none) raise(first.kind, first.failure);
  }

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

std::string version() {
  char text[MPI_MAX_LIBRARY_VERSION_STRING];
  int length = 0;
  MPI_Get_library_version(text, &length);
  const std::string whole(text, static_cast<std::size_t>(length));
  return whole.substr(0, whole.find_first_of(",\n"));
}

}  // namespace

// The launcher is for one machine. Files of shared memory lie in the job's own folder: in /dev/shm a rank
// leaves them that is killed before it has told mpirun of them. No trial of other kinds of shared memory,
// which may be left in the same way. No binding: mpirun fails where more ranks than cores would be bound, or
// binds them unevenly; the ranks place themselves. No search for networks and remote shells, which costs most
// of a start and fails where there are none. Windows in plain shared memory: the default goes through a
// transport, which with more ranks than cores took milliseconds for a count instead of 50 ns.
// On several hosts a remote shell starts daemons there, and TCP is what every network has; over it windows
// are messages: what Open MPI 4.1 takes by itself there, osc rdma, ends with "invalid window".
RUNOFF_BACKEND(
    Mpi,
    {
        .name = "mpi",
        .summary =
            "MPI ranks (Open MPI) that take chunks from a shared counter, or subtrees of a recursion, or run "
            "blocks of a graph's points; rank 0 gathers",
        .source = "MPI 3.1, One-Sided Communications, Nonblocking Communication, MPI_Win_allocate_shared: "
                  "https://www.mpi-forum.org/docs/mpi-3.1/mpi31-report.pdf",
        .runtime = version(),
        .options = {Parameter::choice(
                        "results", {"message", "shared"},
                        "ranks send their results to rank 0, or write them into a window that the ranks of "
                        "one machine share, from where rank 0 copies them")
                        .only_for(Shape::independent),
                    Parameter::optional_count(
                        "threads", 1, Team::most_workers,
                        "workers that are one rank, as its threads: 1 where it is not given")},
        .environment = {{"OMPI_ALLOW_RUN_AS_ROOT", "1"}, {"OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1"}},
        .origins = {{.text = "Open MPI: libopenmpi-dev openmpi-bin"}},
        .shares_memory = false,
        .launcher = RUNOFF_MPI_LAUNCHER
        " -n {workers} --oversubscribe --bind-to none --mca plm isolated "
        "--mca pml ob1 --mca btl self,vader --mca btl_vader_backing_directory {shared_memory} "
        "--mca osc sm --mca osc_sm_backing_directory {shared_memory} --mca shmem mmap "
        "--mca odls_base_sigkill_timeout 0",
        .launcher_on_hosts = RUNOFF_MPI_LAUNCHER
        " -n {workers} --hostfile {hosts} --oversubscribe --bind-to none --mca pml ob1 "
        "--mca btl self,vader,tcp --mca osc pt2pt --mca odls_base_sigkill_timeout 0",
        // Out of processes or descriptors, mpirun says so and then waits for ranks that it never started.
        // Where a rank dies within MPI_Init, it says so and then may wait for ranks that are gone.
        .launcher_failures = {"ORTE_ERROR_LOG: The system limit on number of",
                              "mpirun noticed that process rank",
                              // A host is gone, or was never reached.
                              "ORTE has lost communication with a remote daemon",
                              "ORTE was unable to reliably start one or more daemons"},
    })
