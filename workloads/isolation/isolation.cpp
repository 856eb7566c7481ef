#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "runoff/memory.h"
#include "runoff/python_form.h"
#include "runoff/random.h"
#include "runoff/workload_plugin.h"

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t seed = 9;
constexpr std::size_t words_of_a_task = 1024;

/// Word `place` of what a task has in its process's memory.
std::uint64_t word_of(std::size_t task, std::size_t place) {
  return runoff::splitmix64(seed, task * words_of_a_task + place);
}

/// What tasks of all workers tell each other.
struct Shared {
  alignas(runoff::cache_line) std::atomic<std::uint64_t> execution;  // that is going on, from 0
  alignas(runoff::cache_line) std::atomic<std::uint64_t> damaged;    // executions in which task 0 did harm
  alignas(runoff::cache_line) std::atomic<std::uint64_t> begun;      // tasks, in all executions
  alignas(runoff::cache_line) std::atomic<std::uint64_t> done;
};

/// Memory of this process alone, in which each task has a part.
class Own {
 public:
  explicit Own(std::size_t tasks) : words_(tasks * words_of_a_task) {}

  /// Whole again for this execution.
  void repair(std::uint64_t execution) {
    const std::lock_guard guard(mutex_);
    if (whole_for_ == execution + 1) return;
    for (std::size_t i = 0; i < words_.size(); ++i)
      words_[i] = word_of(i / words_of_a_task, i % words_of_a_task);
    whole_for_ = execution + 1;
  }
  /// A loop that runs on beyond the end of a task's part, in all of this process.
  void write_beyond(std::size_t task) {
    for (std::size_t i = 0; i < words_.size(); ++i)
      if (i / words_of_a_task != task) words_[i] = ~words_[i];
  }
  std::uint64_t sum(std::size_t task) const {
    std::uint64_t sum = 0;
    for (std::size_t place = 0; place < words_of_a_task; ++place)
      sum += words_[task * words_of_a_task + place];
    return sum;
  }

 private:
  std::mutex mutex_;
  std::uint64_t whole_for_ = 0;
  std::vector<std::uint64_t> words_;
};

/// Tasks that add up their parts of their process's memory, and one with a fault: it writes over the parts of
/// the others, crashes, or is killed. What that costs the others is how well workers are isolated.
class Isolation final : public runoff::Independent, public runoff::PythonForm {
 public:
  explicit Isolation(const runoff::Parameters& parameters)
      : tasks_(static_cast<std::size_t>(parameters.count("tasks"))),
        fault_(parameters.text("fault")),
        own_(tasks_) {}

  std::size_t tasks() const override { return tasks_; }
  runoff::ResultLayout result() const override { return runoff::result_of<std::uint64_t>(); }
  bool writes_memory() const override { return true; }
  void layout(runoff::Memory& memory) override { shared_ = &memory.object<Shared>(); }

  void run(runoff::Range range, runoff::Results results) const override {
    const std::uint64_t execution = shared_->execution.load(std::memory_order_relaxed);
    for (std::size_t task = range.first; task < range.last; ++task) {
      shared_->begun.fetch_add(1, std::memory_order_relaxed);
      own_.repair(execution);
      if (task == 0)
        do_harm(execution);
      else if (fault_ == "overwrite")
        wait_for_harm(execution);
      results.at<std::uint64_t>(task) = own_.sum(task);
      shared_->done.fetch_add(1, std::memory_order_relaxed);
    }
  }

  void finish(runoff::Results) const override {
    shared_->execution.fetch_add(1, std::memory_order_relaxed);  // no task is under way
  }

  const runoff::PythonForm* python() const override { return this; }
  void take_python(const runoff::PythonAnswer& answer, runoff::Results results) const override {
    const bool whole = runoff::PythonValue(answer).number<std::uint64_t>() == answer.task;
    results.at<std::uint64_t>(answer.task) = whole ? expected(answer.task) : ~expected(answer.task);
  }

  runoff::Check check(runoff::Results results) const override {
    std::uint64_t lost = 0;
    for (std::size_t task = 0; task < tasks_; ++task)
      lost += results.at<std::uint64_t>(task) != expected(task);
    const std::string text = std::to_string(lost) + " of " + std::to_string(tasks_) + " tasks lost";
    if (results.at<std::uint64_t>(0) != expected(0))
      return runoff::Check::wrong("task 0 damaged itself, and was to damage others");
    if (fault_ == "none" && lost > 0) return runoff::Check::wrong(text + ", and nothing was damaged");
    return runoff::Check::ok(lost, text);
  }

 private:
  void do_harm(std::uint64_t execution) const {
    if (fault_ == "overwrite") {
      wait_while_it_grows(shared_->begun);  // until every other worker has a task of its own
      own_.write_beyond(0);
      // Release: a task that sees this sees the damage.
      shared_->damaged.store(execution + 1, std::memory_order_release);
    } else if (fault_ != "none") {
      wait_while_it_grows(shared_->done);  // until others have done what they can do without this task
      ::kill(::gettid(), fault_ == "crash" ? SIGSEGV : SIGKILL);
    }
  }

  /// Only what comes later is damaged. Gives up where task 0 is to come after this one, on the same worker.
  void wait_for_harm(std::uint64_t execution) const {
    const auto until = Clock::now() + std::chrono::seconds(10);
    while (shared_->damaged.load(std::memory_order_acquire) != execution + 1 && Clock::now() < until)
      std::this_thread::yield();
  }

  static void wait_while_it_grows(const std::atomic<std::uint64_t>& count) {
    std::uint64_t before = ~std::uint64_t{0};
    for (std::uint64_t now; (now = count.load(std::memory_order_relaxed)) != before; before = now)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }

  static std::uint64_t expected(std::size_t task) {
    std::uint64_t sum = 0;
    for (std::size_t place = words_of_a_task; place-- > 0;) sum += word_of(task, place);
    return sum;
  }

  std::size_t tasks_;
  std::string fault_;
  mutable Own own_;
  Shared* shared_ = nullptr;
};

}  // namespace

RUNOFF_WORKLOAD(
    Isolation,
    {
        .name = "isolation",
        .summary = "tasks of which one damages its process's memory, crashes or is killed: how many others "
                   "it takes with it",
        .bound = runoff::Bound::runtime,
        .source = "oracle: the sums, from the generator and not from the memory",
        .checked_at = {"fault=overwrite,none", "tasks=6"},
        .parameters =
            {runoff::Parameter::choice(
                 "fault", {"overwrite", "crash", "kill", "none"},
                 "of task 0: writes over the memory of the others, ends by SIGSEGV, is killed by SIGKILL"),
             runoff::Parameter::count("tasks", 8, 1, 100'000, "tasks")},
        .only_by_name = true,
    })
