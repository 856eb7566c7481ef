#include <time.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <string>
#include <system_error>

#include "runoff/asynchronous.h"
#include "runoff/python_form.h"
#include "runoff/task_record.h"
#include "runoff/workload_plugin.h"

namespace {

namespace asio = boost::asio;
using Clock = runoff::TaskRecord::Clock;

/// Blocks for `duration` at least, whatever signals arrive meanwhile.
std::error_code sleep_for(std::chrono::nanoseconds duration) {
  timespec until{};
  ::clock_gettime(CLOCK_MONOTONIC, &until);
  const std::int64_t nanoseconds = until.tv_nsec + duration.count() % 1'000'000'000;
  until.tv_sec += duration.count() / 1'000'000'000 + nanoseconds / 1'000'000'000;
  until.tv_nsec = nanoseconds % 1'000'000'000;
  int error = 0;
  do error = ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
  while (error == EINTR);
  return {error, std::generic_category()};
}

/// What a task leaves.
struct Answer {
  std::uint64_t square;
  runoff::TaskRecord record;
};

/// Task i waits, as a task does that waits for a disk or a network, and answers i².
class Sleep final : public runoff::Independent, public runoff::Asynchronous, public runoff::PythonForm {
 public:
  explicit Sleep(const runoff::Parameters& parameters)
      : tasks_(static_cast<std::size_t>(parameters.count("tasks"))),
        duration_(parameters.duration("duration")),
        foo_bar_(parameters.text("pattern") == "foo-bar") {}

  std::size_t tasks() const override { return tasks_; }
  runoff::ResultLayout result() const override { return runoff::result_of<Answer>(); }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      const auto begin = Clock::now();
      std::error_code error;
      for (unsigned wait = waits(task); wait > 0 && !error; --wait) {
        const auto waiting_now = waiting();
        error = sleep_for(duration_);
      }
      answer(task, results, begin, error ? error.message() : "");
    }
  }

  const runoff::Asynchronous* asynchronous() const override { return this; }
  asio::awaitable<void> run_async(std::size_t task, runoff::Results results) const override {
    const auto begin = Clock::now();
    asio::steady_timer timer(co_await asio::this_coro::executor);
    boost::system::error_code error;
    for (unsigned wait = waits(task); wait > 0 && !error; --wait) {
      timer.expires_after(duration_);
      std::tie(error) = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    }
    answer(task, results, begin, error ? error.message() : "");
  }

  const runoff::PythonForm* python() const override { return this; }
  void take_python(const runoff::PythonAnswer& answer, runoff::Results results) const override {
    auto& mine = results.at<Answer>(answer.task);
    mine.record.measured(answer.latency, answer.failure);
    mine.square = answer.failure.empty() ? runoff::PythonValue(answer).number<std::uint64_t>()
                                         : std::uint64_t{answer.task} * answer.task;
  }

  const runoff::TaskRecord* record(runoff::Results results, std::size_t slot) const override {
    return &results.at<Answer>(slot).record;
  }

  runoff::Check check(runoff::Results results) const override {
    // Squares are the running sums of the odd numbers.
    std::uint64_t square = 0;
    for (std::size_t task = 0; task < tasks_; square += 2 * task + 1, ++task) {
      const auto& found = results.at<Answer>(task);
      if (found.square != square)
        return runoff::Check::wrong("task " + std::to_string(task) + " answers " +
                                    std::to_string(found.square) + ", not " + std::to_string(square));
      // Only now: a task that never ran left neither an answer nor a record.
      if (!found.record.failure().empty()) continue;
      const std::int64_t least = waits(task) * duration_.count();
      if (found.record.latency_ns < least)
        return runoff::Check::wrong("task " + std::to_string(task) + " waited " +
                                    std::to_string(found.record.latency_ns) + " ns, not " +
                                    std::to_string(least));
    }
    return runoff::Check::ok();
  }

 private:
  /// How often a task waits: once, or like the functions foo and bar, the even and the odd ones, 3 and 5
  /// times.
  unsigned waits(std::size_t task) const { return !foo_bar_ ? 1 : task % 2 == 0 ? 3 : 5; }

  static void answer(std::size_t task, runoff::Results results, Clock::time_point begin,
                     const std::string& failure) {
    auto& mine = results.at<Answer>(task);
    mine.square = std::uint64_t{task} * task;
    if (failure.empty())
      mine.record.succeeded(begin);
    else
      mine.record.failed(begin, failure);
  }

  std::size_t tasks_;
  std::chrono::nanoseconds duration_;
  bool foo_bar_;
};

}  // namespace

RUNOFF_WORKLOAD(
    Sleep,
    {
        .name = "sleep",
        .summary = "tasks that wait and then square a number",
        .bound = runoff::Bound::io,
        .source = "squares: the sums of the odd numbers",
        .checked_at = {"duration=10ms"},
        .parameters = {runoff::Parameter::count("tasks", 10, 0, 1'000'000, "numbers to square"),
                       runoff::Parameter::duration("duration", "1s", std::chrono::nanoseconds(0),
                                                   std::chrono::hours(1), "how long a wait is"),
                       runoff::Parameter::choice("pattern", {"equal", "foo-bar"},
                                                 "tasks wait once each, or in turn 3 and 5 times: with two "
                                                 "workers, two tasks are done after 5 waits")},
    })
