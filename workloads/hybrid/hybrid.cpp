#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "numbers.h"
#include "runoff/asynchronous.h"
#include "runoff/python_form.h"
#include "runoff/random.h"
#include "runoff/task_record.h"
#include "runoff/workload_plugin.h"

namespace {

namespace asio = boost::asio;
using runoff::TaskRecord;

// Far enough from 0 that a block more or less makes no difference in how long its numbers take.
constexpr std::uint64_t first_number = 1'000'000;
// 32 bits hold these numbers, and are divided in less time than 64.
constexpr std::uint64_t last_number = 1'000'000'000;
constexpr std::uint64_t seed = 0xB01D;

/// Tasks that compute among tasks that wait, in an order that was shuffled: each of the first kind counts the
/// primes in a block of numbers of its own, each of the second waits.
class Hybrid final : public runoff::Independent, public runoff::Asynchronous, public runoff::PythonForm {
 public:
  explicit Hybrid(const runoff::Parameters& parameters)
      : work_(static_cast<std::uint32_t>(parameters.count("work"))),
        duration_(parameters.duration("duration")) {
    const auto tasks = static_cast<std::size_t>(parameters.count("tasks"));
    blocks_ = (tasks * static_cast<std::size_t>(parameters.count("cpu-share")) + 50) / 100;
    if (blocks_ * work_ > last_number - first_number)
      throw runoff::InvalidParameter("the " + std::to_string(blocks_) + " tasks that compute, of 'work=" +
                                     std::to_string(work_) + "' numbers each, may have no more than " +
                                     std::to_string(last_number - first_number) + " numbers in all");
    for (std::size_t task = 0; task < tasks; ++task)
      block_of_.push_back(task < blocks_ ? static_cast<std::int32_t>(task) : waits);
    for (std::size_t left = tasks; left > 1; --left)  // Fisher & Yates, as in Knuth's TAOCP, 3.4.2
      std::swap(block_of_[left - 1], block_of_[runoff::splitmix64(seed, left) % left]);
  }

  std::size_t tasks() const override { return block_of_.size(); }
  runoff::ResultLayout result() const override { return runoff::result_of<Answer>(); }

  const TaskRecord* record(runoff::Results results, std::size_t slot) const override {
    return &results.at<Answer>(slot).record;
  }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      const auto began = TaskRecord::Clock::now();
      if (block_of_[task] == waits) {
        const auto waiting_now = waiting();
        std::this_thread::sleep_until(began + duration_);
      } else {
        compute(task, results);
      }
      finish_task(task, results, began);
    }
  }

  const runoff::Asynchronous* asynchronous() const override { return this; }

  /// What computes does so on the loop, which it keeps from everything else.
  asio::awaitable<void> run_async(std::size_t task, runoff::Results results) const override {
    const auto began = TaskRecord::Clock::now();
    if (block_of_[task] == waits) {
      asio::steady_timer timer(co_await asio::this_coro::executor, began + duration_);
      const auto [error] = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
      if (error) co_return fail(task, results, began, error.message());
    } else {
      compute(task, results);
    }
    finish_task(task, results, began);
  }

  const runoff::PythonForm* python() const override { return this; }
  void take_python(const runoff::PythonAnswer& answer, runoff::Results results) const override {
    Answer& mine = results.at<Answer>(answer.task);
    mine.task = answer.task;
    mine.record.measured(answer.latency, answer.failure);
    if (answer.failure.empty()) mine.primes = runoff::PythonValue(answer).number<std::uint32_t>();
  }

  runoff::Check check(runoff::Results results) const override {
    const std::vector<std::uint32_t> expected = hybrid::count_by_sieve(first_number, work_, blocks_);
    for (std::size_t task = 0; task < tasks(); ++task) {
      const Answer& answer = results.at<Answer>(task);
      const std::string name = "task " + std::to_string(task);
      if (answer.task != task) return runoff::Check::wrong(name + " left no record of its own");
      if (!answer.record.failure().empty()) continue;
      if (block_of_[task] == waits) {
        if (answer.record.latency_ns < duration_.count())
          return runoff::Check::wrong(name + " waited " + std::to_string(answer.record.latency_ns) +
                                      " ns, not " + std::to_string(duration_.count()));
      } else if (const auto right = expected[static_cast<std::size_t>(block_of_[task])];
                 answer.primes != right) {
        return runoff::Check::wrong(name + ": " + std::to_string(right) + " primes from " +
                                    std::to_string(first_of(task)) + " on, not " +
                                    std::to_string(answer.primes));
      }
    }
    return runoff::Check::ok();
  }

 private:
  static constexpr std::int32_t waits = -1;

  struct Answer {
    std::uint64_t task;
    std::uint32_t primes;  ///< of a task that computes
    TaskRecord record;
  };

  std::uint32_t first_of(std::size_t task) const {
    return static_cast<std::uint32_t>(first_number) + static_cast<std::uint32_t>(block_of_[task]) * work_;
  }

  void compute(std::size_t task, runoff::Results results) const {
    results.at<Answer>(task).primes = hybrid::count_primes(first_of(task), work_);
  }
  void finish_task(std::size_t task, runoff::Results results, TaskRecord::Clock::time_point began) const {
    results.at<Answer>(task).task = task;
    results.at<Answer>(task).record.succeeded(began);
  }
  void fail(std::size_t task, runoff::Results results, TaskRecord::Clock::time_point began,
            const std::string& why) const {
    results.at<Answer>(task).task = task;
    results.at<Answer>(task).record.failed(began, why);
  }

  std::uint32_t work_;
  std::chrono::nanoseconds duration_;
  std::size_t blocks_;
  std::vector<std::int32_t> block_of_;  // for each task: the block that it computes, or that it waits
};

}  // namespace

RUNOFF_WORKLOAD(
    Hybrid,
    {
        .name = "hybrid",
        .summary = "tasks that count primes among tasks that wait",
        .bound = runoff::Bound::io,
        .source = "primes of each block: a sieve of Eratosthenes",
        .checked_at = {"tasks=15", "cpu-share=40", "work=2000", "duration=5ms"},
        .parameters = {runoff::Parameter::count("tasks", 40, 0, 1'000'000, "tasks of both kinds"),
                       runoff::Parameter::count("cpu-share", 50, 0, 100, "percent of the tasks that compute"),
                       runoff::Parameter::count("work", 100'000, 1, 10'000'000,
                                                "numbers that a task which computes looks at"),
                       runoff::Parameter::duration("duration", "50ms", std::chrono::nanoseconds(0),
                                                   std::chrono::hours(1), "how long a task that waits does")},
    })
