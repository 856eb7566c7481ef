#include "cell/witness.h"

#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <set>
#include <stdexcept>
#include <string>
#include <system_error>

#include "cell/float_mode.h"
#include "runoff/memory.h"
#include "runoff/visit_shape.h"

namespace runoff::cell {

namespace {

/// Cleared in a forked process.
std::atomic<std::uint32_t>& cleared_by_fork() {
  const auto size = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  void* page = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap of a page");
  static auto* const number = new (page) std::atomic<std::uint32_t>(0);
  if (::madvise(page, size, MADV_WIPEONFORK) != 0)
    ::pthread_atfork(nullptr, nullptr, [] { number->store(0, std::memory_order_relaxed); });
  return *number;
}

}  // namespace

constinit thread_local Witness::Seat Witness::seat;
std::atomic<std::uint32_t>& Witness::process = cleared_by_fork();

Witness::Witness(Memory& memory, unsigned workers, std::vector<int> cores)
    : memory_(memory),
      header_(memory.object<Header>()),
      counters_(memory.array<Counter>(std::size_t{4096} + 8 * std::size_t{workers})),
      workers_(workers),
      cores_(std::move(cores)),
      places_(!cores_.empty()),
      given_(Standing::of(0)) {
  // Of another generation than any seat that this process took with an earlier witness.
  static std::atomic<std::uint32_t> next_generation{1};
  if (!memory.attached())
    header_.generation.store(next_generation.fetch_add(1u << 16, std::memory_order_relaxed),
                             std::memory_order_relaxed);
}

void Witness::take_seat() {
  const std::uint32_t index = header_.seats.fetch_add(1, std::memory_order_relaxed);
  if (index >= counters_.size())
    throw std::length_error("one execution used more than " + std::to_string(counters_.size()) + " workers");
  process.store(static_cast<std::uint32_t>(::getpid()), std::memory_order_relaxed);
  seat = {generation(), &counters_[index]};
  seat.counter->thread = ::gettid();
  // Not each: it would show in backends that make new threads for every execution.
  if (index % 16 == 0 || (given_ && float_mode() != given_->floats)) look_at_newcomer();
  if (!places_) return;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(static_cast<std::size_t>(core_of(index)), &set);
  ::sched_setaffinity(0, sizeof(set), &set);
}

void Witness::look_at_newcomer() {
  auto now = Standing::of(0);
  if (!now || !given_) return;
  // Its cores may be those of a thread that was placed, and made it.
  if (places_) now->cores = given_->cores;
  if (difference(*now, *given_).empty()) return;
  header_.newcomer = *now;
  header_.came_otherwise.store(true, std::memory_order_release);
}

std::string Witness::breach(bool cores) {
  if (!given_) return {};
  const auto told = [&](Standing now, const Standing& should) {
    if (!cores) now.cores = should.cores;
    const std::string text = difference(now, should);
    return text.empty() ? text : "a worker " + text;
  };
  Standing here = *given_;
  here.floats = float_mode();
  if (const std::string text = difference(here, *given_); !text.empty())
    return "the thread that measures " + text;
  if (header_.came_otherwise.exchange(false, std::memory_order_acquire))
    if (const std::string text = told(header_.newcomer, *given_); !text.empty()) return text;
  const std::size_t seats =
      std::min<std::size_t>(header_.seats.load(std::memory_order_relaxed), counters_.size());
  for (std::size_t number = 0; number < seats; ++number) {
    if (!counters_[number].active) continue;
    const auto now = Standing::of(counters_[number].thread);
    if (!now) continue;  // a thread that was made for one execution
    Standing should = *given_;
    should.floats = now->floats;
    if (places_) {
      CPU_ZERO(&should.cores);
      CPU_SET(static_cast<std::size_t>(core_of(number)), &should.cores);
    }
    if (const std::string text = told(*now, should); !text.empty()) return text;
  }
  return {};
}

std::vector<int> Witness::cores() const {
  std::vector<int> of_workers;
  for (unsigned worker = 0; worker < workers_ && !cores_.empty(); ++worker)
    of_workers.push_back(cores_[worker % cores_.size()]);
  return of_workers;
}

void Witness::map_memory() {
  if (!mapped_.test_and_set(std::memory_order_relaxed)) Memory::populate(memory_.claimed());
}

Seen Witness::look() {
  Seen seen = elsewhere_.look(workers_);
  const std::size_t seats =
      std::min<std::size_t>(header_.seats.load(std::memory_order_relaxed), counters_.size());
  for (Counter& counter : counters_.first(seats)) {
    const std::uint64_t tasks = counter.tasks.load(std::memory_order_relaxed);
    const std::uint64_t marks = counter.marks.load(std::memory_order_relaxed);
    counter.active = tasks != counter.tasks_seen;
    if (!counter.active && marks == counter.marks_seen) continue;
    seen.tasks += tasks - counter.tasks_seen;
    seen.which += marks - counter.marks_seen;
    seen.workers += counter.active ? 1 : 0;
    counter.tasks_seen = tasks;
    counter.marks_seen = marks;
  }
  if (seats > most_seats_left()) {
    for (Counter& counter : counters_.first(seats)) {
      counter.tasks.store(0, std::memory_order_relaxed);
      counter.marks.store(0, std::memory_order_relaxed);
      counter.tasks_seen = counter.marks_seen = 0;
    }
    header_.seats.store(0, std::memory_order_relaxed);
    header_.generation.fetch_add(1, std::memory_order_relaxed);
  }
  return seen;
}

bool Witness::is_any_outside(std::span<const pid_t> threads) {
  const std::set<pid_t> inside(threads.begin(), threads.end());
  const std::size_t seats =
      std::min<std::size_t>(header_.seats.load(std::memory_order_relaxed), counters_.size());
  const auto active = counters_.first(seats);
  return std::any_of(active.begin(), active.end(), [&inside](const Counter& counter) {
    return counter.active && !inside.contains(counter.thread) && Standing::of(counter.thread);
  });
}

std::uint64_t mark_of(const Workload& workload) {
  return visit_shape(workload, []<class Shaped>(const Shaped& shaped) -> std::uint64_t {
    if constexpr (std::is_same_v<Shaped, Dependent>) {
      std::uint64_t sum = 0;
      for (std::size_t step = 0; step < shaped.steps(); ++step)
        for (std::size_t point = 0; point < shaped.width(step); ++point) sum += mark_of(step, point);
      return sum;
    } else {
      return Shaped::static_shape == Shape::recursive ? mark_of_root : mark_of(Range{0, shaped.tasks()});
    }
  });
}

}  // namespace runoff::cell
