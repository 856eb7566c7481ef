#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <thread>

#include "runoff/memory.h"
#include "runoff/python_form.h"
#include "runoff/workload_plugin.h"

namespace {

using Clock = std::chrono::steady_clock;

/// A lock in memory that processes share, which is waited for no longer than a given time.
class TimedLock {
 public:
  void make() {
    pthread_mutexattr_t attributes;
    ::pthread_mutexattr_init(&attributes);
    ::pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    ::pthread_mutex_init(&mutex_, &attributes);
    ::pthread_mutexattr_destroy(&attributes);
  }
  /// False when the time is over.
  bool lock_within(std::chrono::nanoseconds patience) {
    timespec until{};
    ::clock_gettime(CLOCK_MONOTONIC, &until);
    const std::int64_t nanoseconds = until.tv_nsec + patience.count() % 1'000'000'000;
    until.tv_sec += patience.count() / 1'000'000'000 + nanoseconds / 1'000'000'000;
    until.tv_nsec = nanoseconds % 1'000'000'000;
    if (::pthread_mutex_clocklock(&mutex_, CLOCK_MONOTONIC, &until) != 0) return false;
    holder_.store(::gettid(), std::memory_order_relaxed);
    return true;
  }
  void unlock() {
    holder_.store(0, std::memory_order_relaxed);
    ::pthread_mutex_unlock(&mutex_);
  }
  /// The thread that holds it; 0: none does. It tells and decides nothing, so its order does not matter.
  std::int32_t holder() const { return holder_.load(std::memory_order_relaxed); }

 private:
  pthread_mutex_t mutex_;
  std::atomic<std::int32_t> holder_;
};

struct Shared {
  alignas(runoff::cache_line) std::array<TimedLock, 2> locks;
};

/// Two tasks that each take two locks. Where they take them in the other order, each holds what the other one
/// waits for. A watchdog ends that: a lock that does not come in time is given up, and the row says which
/// worker waited for which.
class Deadlock final : public runoff::Independent, public runoff::PythonForm {
 public:
  explicit Deadlock(const runoff::Parameters& parameters)
      : opposite_(parameters.text("order") == "opposite"), patience_(parameters.duration("patience")) {}

  std::size_t tasks() const override { return 2; }
  runoff::ResultLayout result() const override { return runoff::result_of<std::uint64_t>(); }
  bool writes_memory() const override { return true; }
  void layout(runoff::Memory& memory) override { shared_ = &memory.object<Shared>(); }
  void fill(const runoff::Memory&) override {
    for (TimedLock& lock : shared_->locks) lock.make();
  }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      const std::size_t first = opposite_ ? task : 0, second = 1 - first;
      if (!shared_->locks[first].lock_within(patience_)) wait_in_vain(first, "nothing");
      if (opposite_) wait_for_holder(second);
      if (!shared_->locks[second].lock_within(patience_)) {
        // The words come first: with the lock goes the proof.
        try {
          wait_in_vain(second, "lock " + std::to_string(first));
        } catch (...) {
          shared_->locks[first].unlock();
          throw;
        }
      }
      results.at<std::uint64_t>(task) = task + 1;
      shared_->locks[second].unlock();
      shared_->locks[first].unlock();
    }
  }

  const runoff::PythonForm* python() const override { return this; }
  void take_python(const runoff::PythonAnswer& answer, runoff::Results results) const override {
    if (const auto text = runoff::PythonValue(answer).rest_as_text(); !text.empty())
      throw runoff::TimedOut(std::string(text));
    results.at<std::uint64_t>(answer.task) = answer.task + 1;
  }

  runoff::Check check(runoff::Results results) const override {
    for (std::size_t task = 0; task < 2; ++task)
      if (results.at<std::uint64_t>(task) != task + 1)
        return runoff::Check::wrong("task " + std::to_string(task) + " did not say that it had both locks");
    return runoff::Check::ok("both tasks had both locks");
  }

 private:
  /// Makes sure what is bad luck in a program: that the other task has its first lock, too. Gives up where it
  /// does not come, because there is one worker.
  void wait_for_holder(std::size_t lock) const {
    const auto until = Clock::now() + patience_;
    while (shared_->locks[lock].holder() == 0 && Clock::now() < until)
      std::this_thread::sleep_for(std::chrono::microseconds(100));
  }

  [[noreturn]] void wait_in_vain(std::size_t lock, const std::string& held) const {
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(patience_).count();
    throw runoff::TimedOut("deadlock: worker " + std::to_string(::gettid()) + " holds " + held +
                           " and waits for lock " + std::to_string(lock) + ", worker " +
                           std::to_string(shared_->locks[lock].holder()) + " holds lock " +
                           std::to_string(lock) + " and waits for lock " + std::to_string(1 - lock) +
                           "; ended after " + std::to_string(milliseconds) + " ms");
  }

  bool opposite_;
  std::chrono::nanoseconds patience_;
  Shared* shared_ = nullptr;
};

}  // namespace

RUNOFF_WORKLOAD(
    Deadlock,
    {
        .name = "deadlock",
        .summary = "two tasks that take two locks in the other order, and wait for each other until a "
                   "watchdog ends it",
        .bound = runoff::Bound::runtime,
        .source = "Coffman, Elphick & Shoshani (Computing Surveys 1971); oracle: both tasks had both locks",
        .checked_at = {"order=same"},
        .parameters = {runoff::Parameter::choice("order", {"opposite", "same"},
                                                 "in which the second task takes the locks"),
                       runoff::Parameter::duration("patience", "100ms", std::chrono::milliseconds(1),
                                                   std::chrono::minutes(1),
                                                   "time after which the watchdog ends a wait for a lock")},
        .only_by_name = true,
    })
