#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <iterator>
#include <mutex>
#include <string>

#include "runoff/memory.h"
#include "runoff/python_form.h"
#include "runoff/workload_plugin.h"

namespace {

/// How tasks add to what all of them share.
enum class Method { atomic, locked, sharded, packed, reduced, unlocked };
const std::vector<std::string> method_names{"atomic", "locked", "sharded", "packed", "reduced", "unlocked"};

/// A lock in memory that processes share.
class SharedMutex {
 public:
  void make() {
    pthread_mutexattr_t attributes;
    ::pthread_mutexattr_init(&attributes);
    ::pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    ::pthread_mutex_init(&mutex_, &attributes);
    ::pthread_mutexattr_destroy(&attributes);
  }
  void lock() { ::pthread_mutex_lock(&mutex_); }
  void unlock() { ::pthread_mutex_unlock(&mutex_); }

 private:
  pthread_mutex_t mutex_;
};

struct alignas(runoff::cache_line) Count {
  std::atomic<std::uint64_t> value;
};

/// What all workers share. It is never reset: each execution adds as much again.
struct Shared {
  alignas(runoff::cache_line) SharedMutex mutex;
  Count counter;
  std::uint64_t plain;  // guarded by the mutex
  std::array<Count, 64> shards;
  alignas(runoff::cache_line) std::array<std::atomic<std::uint64_t>, 8> packed;  // all on one cache line
};

/// Tasks that add ones to a counter they share: the race that textbooks warn of, and its cures.
class SharedCounter final : public runoff::Independent, public runoff::PythonForm {
 public:
  explicit SharedCounter(const runoff::Parameters& parameters)
      : method_(static_cast<Method>(
            std::distance(method_names.begin(),
                          std::find(method_names.begin(), method_names.end(), parameters.text("method"))))),
        tasks_(static_cast<std::size_t>(parameters.count("tasks"))),
        adds_(static_cast<std::uint64_t>(parameters.count("adds"))) {}

  std::size_t tasks() const override { return tasks_; }
  runoff::ResultLayout result() const override { return runoff::result_of<std::uint64_t>(); }
  bool writes_memory() const override { return true; }

  void layout(runoff::Memory& memory) override {
    shared_ = &memory.object<Shared>();
    ran_ = memory.array<Count>(tasks_);
  }
  void fill(const runoff::Memory&) override { shared_->mutex.make(); }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      add();
      note(task);
      results.at<std::uint64_t>(task) = adds_;
    }
  }

  std::vector<runoff::Price> prices() const override {
    static const std::array<const char*, 6> names{"atomic add to a shared counter",
                                                  "add to a shared counter under a lock",
                                                  "atomic add to one of 64 counters",
                                                  "atomic add to one of 8 counters on one cache line",
                                                  "add to a counter of its own, reduced at the end",
                                                  "add to a shared counter in a race"};
    return {{.name = names[static_cast<std::size_t>(method_)],
             .per = static_cast<double>(tasks_) * static_cast<double>(adds_)}};
  }

  const runoff::PythonForm* python() const override {
    if (method_ == Method::atomic || method_ == Method::sharded || method_ == Method::packed)
      throw runoff::Unsupported("Python has no atomic addition");
    return this;
  }
  void take_python(const runoff::PythonAnswer& answer, runoff::Results results) const override {
    note(answer.task);
    runoff::copy_python(answer, results);
  }
  /// The counter, which Python keeps.
  void take_left(std::span<const std::byte> value) const override {
    shared_->plain = runoff::PythonValue({.value = value}).number<std::uint64_t>();
  }

  runoff::Check check(runoff::Results results) const override {
    std::uint64_t executions = 0;
    for (std::size_t task = 0; task < tasks_; ++task) {
      if (results.at<std::uint64_t>(task) != adds_)
        return runoff::Check::wrong("task " + std::to_string(task) + " did not say that it added " +
                                    std::to_string(adds_) + " times");
      const std::uint64_t ran = ran_[task].value.load(std::memory_order_relaxed);
      if (task > 0 && ran != executions)
        return runoff::Check::wrong("task " + std::to_string(task) + " ran " + std::to_string(ran) +
                                    " times, task 0 " + std::to_string(executions) + " times");
      executions = ran;
    }
    const std::uint64_t wanted = executions * tasks_ * adds_, found = counted();
    const std::string of = " of " + std::to_string(wanted) + " additions";
    if (found > wanted)
      return runoff::Check::wrong("the counter says " + std::to_string(found) + " after" + of.substr(3));
    if (method_ == Method::unlocked)
      return runoff::Check::ok(wanted - found, std::to_string(wanted - found) + of + " lost");
    if (found < wanted) return runoff::Check::wrong(std::to_string(wanted - found) + of + " were lost");
    return runoff::Check::ok(0, {});
  }

 private:
  void note(std::size_t task) const {
    // A task runs on one worker at a time, so this is no race.
    std::atomic<std::uint64_t>& ran = ran_[task].value;
    ran.store(ran.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  }

  /// The additions of one task.
  void add() const {
    constexpr auto relaxed = std::memory_order_relaxed;  // a count orders nothing but itself
    std::atomic<std::uint64_t>& counter = shared_->counter.value;
    switch (method_) {
      case Method::atomic:
        for (std::uint64_t i = 0; i < adds_; ++i) counter.fetch_add(1, relaxed);
        return;
      case Method::locked:
        for (std::uint64_t i = 0; i < adds_; ++i) {
          const std::lock_guard guard(shared_->mutex);
          shared_->plain += 1;
        }
        return;
      case Method::sharded: {
        // Threads that are made one after the other have neighbouring numbers, and so shards of their own.
        auto& shard = shared_->shards[static_cast<std::size_t>(::gettid()) % shared_->shards.size()].value;
        for (std::uint64_t i = 0; i < adds_; ++i) shard.fetch_add(1, relaxed);
        return;
      }
      case Method::packed: {
        auto& shard = shared_->packed[static_cast<std::size_t>(::gettid()) % shared_->packed.size()];
        for (std::uint64_t i = 0; i < adds_; ++i) shard.fetch_add(1, relaxed);
        return;
      }
      case Method::reduced: {
        std::atomic<std::uint64_t> own{0};
        for (std::uint64_t i = 0; i < adds_; ++i) own.store(own.load(relaxed) + 1, relaxed);
        counter.fetch_add(own.load(relaxed), relaxed);
        return;
      }
      case Method::unlocked:
        // What `++counter` of a plain number does, but defined: another worker's addition between the two is
        // lost.
        for (std::uint64_t i = 0; i < adds_; ++i) counter.store(counter.load(relaxed) + 1, relaxed);
        return;
    }
  }

  std::uint64_t counted() const {
    std::uint64_t sum = shared_->counter.value.load(std::memory_order_relaxed) + shared_->plain;
    for (const Count& shard : shared_->shards) sum += shard.value.load(std::memory_order_relaxed);
    for (const auto& shard : shared_->packed) sum += shard.load(std::memory_order_relaxed);
    return sum;
  }

  Method method_;
  std::size_t tasks_;
  std::uint64_t adds_;
  Shared* shared_ = nullptr;
  std::span<Count> ran_;
};

}  // namespace

RUNOFF_WORKLOAD(
    SharedCounter,
    {
        .name = "shared-counter",
        .summary =
            "tasks that add to one counter: atomically, under a lock, or in a race that loses additions",
        .bound = runoff::Bound::runtime,
        .source = "the textbook race and its cures; oracle: the number of additions",
        .checked_at = {"method=atomic,locked,sharded,packed,reduced,unlocked", "tasks=5", "adds=101"},
        .parameters = {runoff::Parameter::choice(
                           "method", method_names,
                           "how: an atomic addition, under a lock, atomically to one of 64 "
                           "counters (packed: to one of 8 that share a cache line), each task by itself and "
                           "then once, or load and store"),
                       runoff::Parameter::count("tasks", 8, 1, 1'000'000, "tasks"),
                       runoff::Parameter::count("adds", 100'000, 1, 1'000'000'000, "additions of each task")},
    })
