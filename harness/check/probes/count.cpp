#include <cstdint>
#include <string>

#include "runoff/asynchronous.h"
#include "runoff/workload_plugin.h"

namespace {

/// SplitMix64 (Steele, Lea & Flood 2014) of the index: no two tasks have the same answer, and none has a
/// simple one.
std::uint64_t hash(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

/// Tasks that only say that they ran. With the harness's own count of tasks: each ran exactly once.
class Count final : public runoff::Independent, public runoff::Asynchronous {
 public:
  explicit Count(const runoff::Parameters& parameters)
      : tasks_(static_cast<std::size_t>(parameters.count("tasks"))) {}

  std::size_t tasks() const override { return tasks_; }
  runoff::ResultLayout result() const override { return runoff::result_of<std::uint64_t>(); }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task)
      results.at<std::uint64_t>(task) = hash(task);
  }

  const runoff::Asynchronous* asynchronous() const override { return this; }
  boost::asio::awaitable<void> run_async(std::size_t task, runoff::Results results) const override {
    run({task, task + 1}, results);
    co_return;
  }

  runoff::Check check(runoff::Results results) const override {
    for (std::size_t task = 0; task < tasks_; ++task)
      if (results.at<std::uint64_t>(task) != hash(task))
        return runoff::Check::wrong("task " + std::to_string(task) + " left another result than its own");
    return runoff::Check::ok();
  }

 private:
  std::size_t tasks_;
};

}  // namespace

RUNOFF_WORKLOAD(Count, {
                           .name = "count",
                           .summary = "tasks that only say that they ran",
                           .bound = runoff::Bound::runtime,
                           .source = "the contract tests",
                           .parameters = {runoff::Parameter::count("tasks", 1000, 0, 100'000'000, "tasks")},
                       })
