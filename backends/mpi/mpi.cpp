#include "mpi.h"

#include <algorithm>
#include <climits>
#include <stdexcept>
#include <utility>

#include "runoff/scheduling/chunks.h"
#include "tags.h"
#include "take_all.h"

namespace runoff::mpi {
namespace {

/// The chunks of one execution, largest first, the same in every rank.
std::vector<Range> cut(std::size_t tasks, unsigned workers) {
  std::vector<Range> chunks;
  ChunkCounter counter;
  for (Range chunk; !(chunk = counter.take(tasks, workers)).empty();) chunks.push_back(chunk);
  return chunks;
}

}  // namespace

Mpi::Mpi(const Settings& settings)
    : workers_(settings.workers),
      threads_of_rank_(
          settings.variant.has("threads") ? static_cast<unsigned>(settings.variant.count("threads")) : 1),
      share_slots_(settings.variant.text("results") == "shared") {}

Mpi::~Mpi() {
  if (ranks_ && ranks_->leads() && working()) tell(Command::end);
}

Execution Mpi::start(const Independent& loop, Results results, Host& host) {
  if (!begin(loop, results, host)) return {};
  chunks_ = cut(loop.tasks(), workers_);
  counter_.emplace(*ranks_);
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

Execution Mpi::start(const Dependent& graph, Results results, Host& host) {
  if (!begin(graph, results, host)) return {};
  graph_.emplace(*ranks_, *threads_, graph, results);
  gather_.emplace(*ranks_, chunks_, results);
  share_ = [this] { return graph_->work(); };
  return [this] { lead(); };
}

Execution Mpi::start(const Recursive& recursion, Results results, Host& host) {
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

bool Mpi::follow() {
  if (ranks_->leads()) return false;
  if (working()) serve();
  return true;
}

Seen Mpi::seen_elsewhere() { return std::exchange(seen_, {}); }

Usage Mpi::used_elsewhere() {
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

bool Mpi::begin(const Workload& workload, Results results, Host& host) {
  host_ = &host;
  ranks_.emplace(workers_, threads_of_rank_);
  try {
    refuse_what_cannot_be(workload, results);
  } catch (const std::exception&) {
    if (ranks_->leads()) throw;  // one rank complains
    return false;
  }
  threads_.emplace(ranks_->threads(), ranks_->place(host.cores()));
  return true;
}

void Mpi::refuse_what_cannot_be(const Workload& workload, Results results) const {
  const unsigned needed = (workers_ + threads_of_rank_ - 1) / threads_of_rank_;
  if (const std::string ranks = std::to_string(needed); static_cast<unsigned>(ranks_->size()) != needed)
    throw std::runtime_error(
        RUNOFF_MPI_NAME " was started with " + std::to_string(ranks_->size()) + " rank(s) for " +
        std::to_string(workers_) + " worker(s)" +
        (threads_of_rank_ > 1 ? ", " + std::to_string(threads_of_rank_) + " in each" : "") +
        "; the launcher must start " + ranks + ", as one job: mpirun -n " + ranks +
        ", or srun --mpi=pmix -n " + ranks + " (--launcher " RUNOFF_MPI_NAME "='mpirun -n {workers}')");
  if (!ranks_->may_have_threads())
    throw Unsupported("threads=: this MPI lets only one thread of a rank call it (no MPI_THREAD_SERIALIZED)");
  if (workload.writes_memory())
    throw Unsupported("ranks share no memory, which the tasks of this workload do");
  if (share_slots_ && workload.shape() == Shape::independent && !ranks_->on_one_machine())
    throw Unsupported(
        "results=shared: ranks on several machines have no memory in common; results=message runs there");
  if (results.size() > INT_MAX)
    throw Unsupported("MPI cannot send a result of 2 GiB or more; choose a smaller payload");
}

void Mpi::tell(Command command) {
  for (int rank = 1; rank < ranks_->size(); ++rank)
    MPI_Send(&command, 1, MPI_INT, rank, tag_command, ranks_->all());
}

Command Mpi::next_command() {
  Command command{};
  MPI_Request request = MPI_REQUEST_NULL;
  MPI_Irecv(&command, 1, MPI_INT, 0, tag_command, ranks_->all(), &request);
  ranks_->wait(request);
  return command;
}

void Mpi::serve() {
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

void Mpi::lead() {
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

std::vector<Parameter> options() {
  return {
      Parameter::choice("results", {"message", "shared"},
                        "ranks send their results to rank 0, or write them into a window that the ranks of "
                        "one machine share, from where rank 0 copies them")
          .only_for(Shape::independent),
      Parameter::optional_count("threads", 1, Team::most_workers,
                                "workers that are one rank, as its threads: 1 where it is not given")
          .sets_workers_of_process()};
}

std::string version() {
  char text[MPI_MAX_LIBRARY_VERSION_STRING];
  int length = 0;
  MPI_Get_library_version(text, &length);
  std::string first(text, static_cast<std::size_t>(length));
  first.resize(std::min(first.find_first_of(",\n"), first.size()));
  // MPICH's is a table: "MPICH Version:\t4.0.2".
  for (char& c : first)
    if (c == '\t' || c == ':') c = ' ';
  first.erase(std::unique(first.begin(), first.end(), [](char a, char b) { return a == ' ' && b == ' '; }),
              first.end());
  return first;
}

}  // namespace runoff::mpi
