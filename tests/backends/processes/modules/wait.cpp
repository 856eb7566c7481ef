#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

#include "runoff/workload_plugin.h"

namespace {

/// Tasks that write the number of their process into a file, and then do nothing for long.
class Wait final : public runoff::Independent {
 public:
  explicit Wait(const runoff::Parameters& parameters)
      : tasks_(static_cast<std::size_t>(parameters.count("tasks"))),
        duration_(parameters.duration("duration")),
        file_(parameters.text("file")) {}

  std::size_t tasks() const override { return tasks_; }
  runoff::ResultLayout result() const override { return runoff::result_of<int>(); }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      const int file = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
      const std::string line = std::to_string(::getpid()) + "\n";
      if (file < 0 || ::write(file, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
        throw runoff::InvalidParameter("'file' must name a file that can be written");
      ::close(file);
      std::this_thread::sleep_for(duration_);
      results.at<int>(task) = 1;
    }
  }

  runoff::Check check(runoff::Results) const override { return runoff::Check::ok(); }

 private:
  std::size_t tasks_;
  std::chrono::nanoseconds duration_;
  std::string file_;
};

}  // namespace

RUNOFF_WORKLOAD(
    Wait, {
              .name = "wait",
              .summary = "tasks that do nothing for long",
              .bound = runoff::Bound::io,
              .source = "the tests of worker processes",
              .parameters = {runoff::Parameter::count("tasks", 1, 1, 10'000, "tasks"),
                             runoff::Parameter::duration("duration", "60min", std::chrono::milliseconds(1),
                                                         std::chrono::hours(1), "how long"),
                             runoff::Parameter::text("file", "", "where processes write their numbers")},
          })
