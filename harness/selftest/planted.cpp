// A serial backend whose faults are known: it is slower by a share, burns processor time in children, or
// holds memory in one. `runoff selftest` looks whether the harness finds them.

#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>
#include <ctime>
#include <stdexcept>

#include "runoff/backend_plugin.h"

namespace {

using namespace runoff;
using Clock = std::chrono::steady_clock;

template <class Work>
pid_t in_a_child(Work work) {
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("cannot fork");
  if (child > 0) return child;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  work();
  ::_exit(0);
}

void burn(std::chrono::nanoseconds time) {
  timespec now{};
  do ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  while (std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec) < time);
}

class Planted final : public Backend {
 public:
  explicit Planted(const Settings& settings)
      : slower_(static_cast<double>(settings.variant.count("slower")) / 100),
        burn_(settings.variant.duration("burn")),
        hold_(static_cast<std::size_t>(settings.variant.bytes("hold"))) {}
  ~Planted() override {
    if (holder_ <= 0) return;
    ::kill(holder_, SIGKILL);
    ::waitpid(holder_, nullptr, 0);
  }

  Execution start(const Independent& loop, Results results, Host&) override {
    hold();
    return [this, &loop, results] {
      const auto begin = Clock::now();
      if (loop.tasks() > 0) loop.run({0, loop.tasks()}, results);
      const auto end =
          Clock::now() + std::chrono::duration_cast<Clock::duration>((Clock::now() - begin) * slower_);
      while (slower_ > 0 && Clock::now() < end) continue;
      burn_in_two_children();
    };
  }

 private:
  void hold() {
    if (hold_ == 0) return;
    std::array<int, 2> ready{};
    if (::pipe(ready.data()) != 0) throw std::runtime_error("cannot make a pipe");
    holder_ = in_a_child([this, &ready] {
      void* memory = ::mmap(nullptr, hold_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      std::memset(memory, 1, hold_);
      const char done = 1;
      [[maybe_unused]] const auto written = ::write(ready[1], &done, 1);
      ::pause();
    });
    char done = 0;
    [[maybe_unused]] const auto taken = ::read(ready[0], &done, 1);
    ::close(ready[0]);
    ::close(ready[1]);
  }

  void burn_in_two_children() const {
    if (burn_.count() == 0) return;
    const std::array children{in_a_child([this] { burn(burn_); }), in_a_child([this] { burn(burn_); })};
    for (const pid_t child : children) ::waitpid(child, nullptr, 0);
  }

  double slower_;
  std::chrono::nanoseconds burn_;
  std::size_t hold_;
  pid_t holder_ = -1;
};

}  // namespace

RUNOFF_BACKEND(
    Planted,
    {.name = "planted",
     .summary = "serial, with faults that are known",
     .runtime = "none",
     .options = {Parameter::choice("name", {"a", "b", "c", "d"}, "cells that are equal but for it"),
                 Parameter::count("slower", 0, 0, 100, "per cent that each execution takes longer"),
                 Parameter::duration("burn", "0ns", std::chrono::nanoseconds(0), std::chrono::seconds(10),
                                     "processor time that each of two children burns in an execution"),
                 Parameter::bytes("hold", "0B", 0, std::int64_t{1} << 40,
                                  "memory that a child holds as long as the backend lives")},
     .most_workers = 1})
