#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include "runoff/memory.h"
#include "runoff/workload_plugin.h"

namespace {

/// Inputs that workers write, each part once. Where they are to do so `together`, each part waits until all
/// have been begun: only that many true workers can finish it.
class Filled final : public runoff::Independent {
 public:
  explicit Filled(const runoff::Parameters& parameters)
      : tasks_(static_cast<std::size_t>(parameters.count("tasks"))),
        together_(parameters.text("together") == "yes") {}

  std::size_t tasks() const override { return tasks_; }
  runoff::ResultLayout result() const override { return runoff::result_of<std::uint64_t>(); }

  void layout(runoff::Memory& memory) override {
    parts_ = memory.array<std::atomic<std::uint64_t>>(tasks_);
    begun_ = &memory.object<std::atomic<std::uint64_t>>();
  }

  bool filled_by_workers() const override { return true; }
  void fill_part(runoff::Range range, runoff::Results) const override {
    begun_->fetch_add(range.size());
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (together_ && begun_->load() < tasks_) {
      if (std::chrono::steady_clock::now() > until)
        throw runoff::WrongInput("parts were not written by all workers at once");
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    for (std::size_t task = range.first; task < range.last; ++task) parts_[task].fetch_add(task + 1);
  }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task)
      results.at<std::uint64_t>(task) = parts_[task].load();
  }

  runoff::Check check(runoff::Results results) const override {
    for (std::size_t task = 0; task < tasks_; ++task)
      if (const std::uint64_t is = results.at<std::uint64_t>(task); is != task + 1)
        return runoff::Check::wrong("part " + std::to_string(task) + " was written " +
                                    std::to_string(is / (task + 1)) + " times");
    return runoff::Check::ok();
  }

 private:
  std::size_t tasks_;
  bool together_;
  std::span<std::atomic<std::uint64_t>> parts_;
  std::atomic<std::uint64_t>* begun_ = nullptr;
};

}  // namespace

RUNOFF_WORKLOAD(Filled,
                {
                    .name = "filled",
                    .summary = "inputs that workers write",
                    .bound = runoff::Bound::runtime,
                    .source = "the contract tests",
                    .parameters = {runoff::Parameter::count("tasks", 2, 0, 100'000, "tasks"),
                                   runoff::Parameter::choice("together", {"no", "yes"},
                                                             "whether all parts are written at once")},
                })
