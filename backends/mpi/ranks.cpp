#include "ranks.h"

#include <sched.h>
#include <sys/prctl.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

namespace runoff::mpi {
namespace {

/// Calls `done` until it is true. MPI itself waits at full speed, for ever; this waits at full speed for as
/// long as another rank may answer at once, then sleeps for a small share of the time that it has waited so
/// far.
template <class Done>
void wait_until(bool crowded, Done done) {
  using namespace std::chrono;
  using namespace std::chrono_literals;
  const auto eager = crowded ? 0ns : nanoseconds(1ms);
  const auto begin = steady_clock::now();
  while (!done()) {
    const auto waited = steady_clock::now() - begin;
    if (waited < eager) continue;
    std::this_thread::sleep_for(std::clamp<nanoseconds>(waited / 8, 5us, 500us));
  }
}

/// The ranks that share memory with this one.
MPI_Comm machine_of(MPI_Comm all, int rank) {
  MPI_Comm machine = MPI_COMM_NULL;
  MPI_Comm_split_type(all, MPI_COMM_TYPE_SHARED, rank, MPI_INFO_NULL, &machine);
  return machine;
}

}  // namespace

Ranks::Ranks(unsigned workers, unsigned threads) {
  const int needed = threads > 1 ? MPI_THREAD_SERIALIZED : MPI_THREAD_FUNNELED;
  int provided = 0;
  MPI_Init_thread(nullptr, nullptr, needed, &provided);
  may_have_threads_ = provided >= needed;
  MPI_Comm_dup(MPI_COMM_WORLD, &all_);
  MPI_Comm_rank(all_, &rank_);
  MPI_Comm_size(all_, &size_);
  const unsigned before = static_cast<unsigned>(rank_) * threads;
  threads_ = before < workers ? std::min(threads, workers - before) : 0;
  look_at_machine();
  // Linux adds 50 us to every sleep unless told otherwise.
  ::prctl(PR_SET_TIMERSLACK, 1'000);
}

void Ranks::look_at_machine() {
  MPI_Comm machine = machine_of(all_, rank_);
  int ranks = 0, rank_here = 0;
  MPI_Comm_size(machine, &ranks);
  on_one_machine_ = ranks == size_;
  unsigned workers = 0;
  MPI_Allreduce(&threads_, &workers, 1, MPI_UNSIGNED, MPI_SUM, machine);
  MPI_Exscan(&threads_, &before_, 1, MPI_UNSIGNED, MPI_SUM, machine);
  MPI_Comm_rank(machine, &rank_here);
  if (rank_here == 0) before_ = 0;  // where MPI leaves it undefined
  cpu_set_t mine, any, every;
  CPU_ZERO(&mine);
  ::sched_getaffinity(0, sizeof(mine), &mine);
  MPI_Allreduce(&mine, &any, sizeof(mine), MPI_BYTE, MPI_BOR, machine);
  MPI_Allreduce(&mine, &every, sizeof(mine), MPI_BYTE, MPI_BAND, machine);
  crowded_ = workers > static_cast<unsigned>(CPU_COUNT(&any));
  placed_by_launcher_ = !CPU_EQUAL(&any, &every);
  MPI_Comm_free(&machine);
}

Ranks::~Ranks() {
  MPI_Comm_free(&all_);
  MPI_Finalize();
}

std::vector<int> Ranks::place(std::span<const int> cores) {
  if (crowded_ || placed_by_launcher_ || cores.empty()) return {};
  cpu_set_t mine;
  CPU_ZERO(&mine);
  ::sched_getaffinity(0, sizeof(mine), &mine);
  std::vector<int> here;
  const auto add = [&](int core) {
    if (CPU_ISSET(static_cast<std::size_t>(core), &mine) &&
        std::find(here.begin(), here.end(), core) == here.end())
      here.push_back(core);
  };
  std::for_each(cores.begin(), cores.end(), add);
  for (int core = 0; core < CPU_SETSIZE; ++core) add(core);  // another machine than runoff's may have others
  return {here.begin() + before_, here.begin() + before_ + threads_};
}

void Ranks::wait(MPI_Request& request) const {
  wait_until(crowded_, [&] {
    int done = 0;
    MPI_Test(&request, &done, MPI_STATUS_IGNORE);
    return done != 0;
  });
}

void Ranks::wait_for_all(std::span<MPI_Request> requests, std::span<MPI_Status> statuses) const {
  const auto test = [&] {
    int done = 0;
    MPI_Testall(static_cast<int>(requests.size()), requests.data(), &done, statuses.data());
    return done != 0;
  };
  // Without a look at the clock, which costs a tenth of what such a message does.
  for (int question = 0; !crowded_ && question < 100; ++question)
    if (test()) return;
  wait_until(crowded_, test);
}

void Ranks::finish(std::span<MPI_Request> transfers) const {
  std::vector<int> indices(transfers.size());
  // Large messages only move while both ranks look after them, so each one that has arrived begins the wait
  // anew.
  for (int finished = 0; finished != MPI_UNDEFINED;)
    wait_until(crowded_, [&] {
      MPI_Testsome(static_cast<int>(transfers.size()), transfers.data(), &finished, indices.data(),
                   MPI_STATUSES_IGNORE);
      return finished != 0;
    });
}

MPI_Message Ranks::wait_for_message(int tag, MPI_Status& status) const {
  MPI_Message message = MPI_MESSAGE_NULL;
  wait_until(crowded_, [&] {
    int found = 0;
    MPI_Improbe(MPI_ANY_SOURCE, tag, all_, &found, &message, &status);
    return found != 0;
  });
  return message;
}

}  // namespace runoff::mpi
