#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>

#include "runoff/workload_plugin.h"

namespace {

/// The first task to begin does not end before all others have: the worker that has it keeps it, and the rest
/// must go to the other workers as these ask for it. Tasks count themselves in a file, which threads,
/// processes and ranks share.
class Hog final : public runoff::Independent {
 public:
  explicit Hog(const runoff::Parameters& parameters)
      : tasks_(static_cast<std::size_t>(parameters.count("tasks"))),
        patience_(parameters.duration("patience")) {
    const int file = ::open(parameters.text("file").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0 || ::ftruncate(file, sizeof(Counts)) != 0)
      throw runoff::InvalidParameter("'file' must name a file that can be written");
    void* memory = ::mmap(nullptr, sizeof(Counts), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    ::close(file);
    if (memory == MAP_FAILED) throw std::runtime_error("cannot map the counts' file");
    counts_ = static_cast<Counts*>(memory);
  }
  ~Hog() override { ::munmap(counts_, sizeof(Counts)); }

  std::size_t tasks() const override { return tasks_; }
  runoff::ResultLayout result() const override { return runoff::result_of<std::uint64_t>(); }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      const std::uint64_t ticket = counts_->begun.fetch_add(1);
      if (ticket % tasks_ == 0) hold_until(ticket / tasks_ * tasks_ + tasks_ - 1);
      results.at<std::uint64_t>(task) = task * task + 1;
      counts_->ended.fetch_add(1);
    }
  }

  runoff::Check check(runoff::Results results) const override {
    for (std::size_t task = 0; task < tasks_; ++task)
      if (results.at<std::uint64_t>(task) != task * task + 1)
        return runoff::Check::wrong("task " + std::to_string(task) + " has no result");
    return runoff::Check::ok();
  }

 private:
  struct Counts {
    std::atomic<std::uint64_t> begun;
    std::atomic<std::uint64_t> ended;
  };

  void hold_until(std::uint64_t ended) const {
    const auto until = std::chrono::steady_clock::now() + patience_;
    while (counts_->ended.load() < ended) {
      if (std::chrono::steady_clock::now() > until)
        throw std::runtime_error("tasks were kept for a worker that was busy");
      std::this_thread::sleep_for(std::chrono::microseconds(100));
    }
  }

  std::size_t tasks_;
  std::chrono::nanoseconds patience_;
  Counts* counts_ = nullptr;
};

}  // namespace

RUNOFF_WORKLOAD(
    Hog, {
             .name = "hog",
             .summary = "one task that lasts as long as all others",
             .bound = runoff::Bound::runtime,
             .source = "the tests of worker processes",
             .parameters = {runoff::Parameter::count("tasks", 7, 2, 10'000, "tasks"),
                            runoff::Parameter::duration("patience", "60s", std::chrono::milliseconds(1),
                                                        std::chrono::hours(1), "how long it waits"),
                            runoff::Parameter::text("file", "", "where tasks count themselves")},
         })
