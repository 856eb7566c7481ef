#include <time.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <string>
#include <system_error>

#include "runoff/plugin.h"

namespace {

/// Blocks for `duration` at least, whatever signals arrive meanwhile.
void sleep_for(std::chrono::nanoseconds duration) {
  timespec until{};
  ::clock_gettime(CLOCK_MONOTONIC, &until);
  const std::int64_t nanoseconds = until.tv_nsec + duration.count() % 1'000'000'000;
  until.tv_sec += duration.count() / 1'000'000'000 + nanoseconds / 1'000'000'000;
  until.tv_nsec = nanoseconds % 1'000'000'000;
  int error = 0;
  do error = ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
  while (error == EINTR);
  if (error != 0) throw std::system_error(error, std::generic_category(), "clock_nanosleep");
}

/// Task i waits, as a task does that waits for a disk or a network, and answers i².
class Sleep final : public runoff::Independent {
 public:
  explicit Sleep(const runoff::Parameters& parameters)
      : tasks_(static_cast<std::size_t>(parameters.count("tasks"))),
        duration_(parameters.duration("duration")) {}

  std::size_t tasks() const override { return tasks_; }
  runoff::ResultLayout result() const override { return runoff::result_of<std::uint64_t>(); }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      sleep_for(duration_);
      results.at<std::uint64_t>(task) = std::uint64_t{task} * task;
    }
  }

  runoff::Check check(runoff::Results results) const override {
    // Squares are the running sums of the odd numbers.
    std::uint64_t square = 0;
    for (std::size_t task = 0; task < tasks_; square += 2 * task + 1, ++task) {
      const auto found = results.at<std::uint64_t>(task);
      if (found != square)
        return runoff::Check::wrong("task " + std::to_string(task) + " answers " + std::to_string(found) +
                                    ", not " + std::to_string(square));
    }
    return runoff::Check::ok();
  }

 private:
  std::size_t tasks_;
  std::chrono::nanoseconds duration_;
};

}  // namespace

RUNOFF_WORKLOAD(
    Sleep, {
               .name = "sleep",
               .summary = "tasks that wait and then square a number",
               .bound = runoff::Bound::io,
               .source = "squares: the sums of the odd numbers",
               .parameters = {runoff::Parameter::count("tasks", 10, 0, 1'000'000, "numbers to square"),
                              runoff::Parameter::duration("duration", "1s", std::chrono::nanoseconds(0),
                                                          std::chrono::hours(1), "how long a task waits")},
           })
