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

Ranks::Ranks(unsigned threads) : threads_(threads) {
  const int needed = threads > 1 ? MPI_THREAD_SERIALIZED : MPI_THREAD_FUNNELED;
  int provided = 0;
  MPI_Init_thread(nullptr, nullptr, needed, &provided);
  MPI_Comm_dup(MPI_COMM_WORLD, &everyone_);
  MPI_Comm_size(everyone_, &places_);
  look_at_machine();
  may_have_threads_ = provided >= needed;
  const bool works = place_ % static_cast<int>(threads) == 0;
  MPI_Comm_split(everyone_, works ? 0 : MPI_UNDEFINED, 0, &all_);
  if (works) {
    MPI_Comm_rank(all_, &rank_);
    MPI_Comm_size(all_, &size_);
  }
  // Linux adds 50 us to every sleep unless told otherwise.
  ::prctl(PR_SET_TIMERSLACK, 1'000);
}

void Ranks::look_at_machine() {
  int rank = 0;
  MPI_Comm_rank(everyone_, &rank);
  MPI_Comm machine = machine_of(everyone_, rank);
  MPI_Comm_rank(machine, &place_);
  MPI_Comm_size(machine, &nearby_);
  cpu_set_t mine, any, every;
  CPU_ZERO(&mine);
  ::sched_getaffinity(0, sizeof(mine), &mine);
  MPI_Allreduce(&mine, &any, sizeof(mine), MPI_BYTE, MPI_BOR, machine);
  MPI_Allreduce(&mine, &every, sizeof(mine), MPI_BYTE, MPI_BAND, machine);
  crowded_ = nearby_ > CPU_COUNT(&any);
  placed_by_launcher_ = !CPU_EQUAL(&any, &every);
  if (threads_ > 1 && placed_by_launcher_) {
    // The threads of a rank have the cores of the places that are held for them.
    MPI_Comm group = MPI_COMM_NULL;
    MPI_Comm_split(machine, place_ / static_cast<int>(threads_), 0, &group);
    MPI_Allreduce(&mine, &any, sizeof(mine), MPI_BYTE, MPI_BOR, group);
    MPI_Comm_free(&group);
    ::sched_setaffinity(0, sizeof(any), &any);
  }
  MPI_Comm_free(&machine);
}

Ranks::~Ranks() {
  if (threads_ > 1) {
    // Whoever holds a place comes here at once, and asks so rarely that it takes nothing from those that
    // work.
    MPI_Request request = MPI_REQUEST_NULL;
    MPI_Ibarrier(everyone_, &request);
    for (int done = 0; MPI_Test(&request, &done, MPI_STATUS_IGNORE), done == 0;)
      std::this_thread::sleep_for(std::chrono::milliseconds(works() ? 1 : 10));
  }
  if (works()) MPI_Comm_free(&all_);
  MPI_Comm_free(&everyone_);
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
  return {here.begin() + place_, here.begin() + place_ + static_cast<int>(threads())};
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
