#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

#include "runoff/workload_plugin.h"

namespace {

/// Work that no compiler can shorten: about 1 ns a step.
std::uint64_t steps(std::uint64_t x, std::uint64_t count) {
  for (std::uint64_t i = 0; i < count; ++i) x = (x ^ x >> 29) * 0xbf58476d1ce4e5b9;
  return x;
}

/// Counters of several workers in one cache line.
struct alignas(64) Line {
  std::atomic<std::uint64_t> counters[8];
};
Line line;
std::atomic<unsigned> next_worker{0};
thread_local const unsigned worker = next_worker.fetch_add(1);

std::mutex lock;
std::atomic<pid_t> first_thread{0};

/// Tasks with one planted reason for which two workers are not twice as fast as one.
class Planted final : public runoff::Independent {
 public:
  explicit Planted(const runoff::Parameters& parameters) : cause_(parameters.text("cause")) {}

  std::size_t tasks() const override {
    if (cause_ == "grain") return 20'000;
    return cause_ == "io" ? 16 : 200;
  }
  runoff::ResultLayout result() const override { return runoff::result_of<std::uint64_t>(); }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task)
      results.at<std::uint64_t>(task) = run_one(task);
  }

  runoff::Check check(runoff::Results results) const override {
    for (std::size_t task = 0; task < tasks(); ++task)
      if (results.at<std::uint64_t>(task) != steps(task, length(task)))
        return runoff::Check::wrong("task " + std::to_string(task) + " left another result than its own");
    return runoff::Check::ok();
  }

 private:
  std::uint64_t length(std::size_t task) const {
    if (cause_ == "grain") return 20;
    if (cause_ == "imbalance" && task + 1 == tasks()) return 10'000'000;  // as long as all others, and more
    return 50'000;
  }

  std::uint64_t run_one(std::size_t task) const {
    if (cause_ == "io") std::this_thread::sleep_for(std::chrono::milliseconds(1));
    if (cause_ == "lock") {
      const std::lock_guard held(lock);
      return steps(task, length(task));
    }
    if (cause_ == "sharing")
      for (int i = 0; i < 50'000; ++i) line.counters[worker % 8].fetch_add(1, std::memory_order_relaxed);
    if (cause_ == "slow-worker" && is_slow()) wasted_.store(steps(task, 2 * length(task)));
    return steps(task, length(task));
  }

  /// Whether another thread came first: serial has none.
  static bool is_slow() {
    pid_t none = 0;
    const pid_t self = ::gettid();
    return !first_thread.compare_exchange_strong(none, self) && none != self;
  }

  std::string cause_;
  mutable std::atomic<std::uint64_t> wasted_{0};  // so that no compiler leaves the work out
};

}  // namespace

RUNOFF_WORKLOAD(Planted, {
                             .name = "planted",
                             .summary = "tasks whose time goes where they are told to",
                             .bound = runoff::Bound::cpu,
                             .source = "the tests of explain",
                             .parameters = {runoff::Parameter::choice("cause",
                                                                      {"none", "imbalance", "lock", "sharing",
                                                                       "grain", "slow-worker", "io"},
                                                                      "what the workers lose their time to")},
                         })
