
#include "runoff/task_record.h"
#include "runoff/workload_plugin.h"

namespace {

/// Tasks that keep records with latencies that are known beforehand: a permutation of 1, 2 … n microseconds.
/// The first `failures` of them fail.
class Records final : public runoff::Independent {
 public:
  explicit Records(const runoff::Parameters& parameters)
      : tasks_(static_cast<std::size_t>(parameters.count("n"))),
        failures_(static_cast<std::size_t>(parameters.count("failures"))) {}

  std::size_t tasks() const override { return tasks_; }
  runoff::ResultLayout result() const override { return runoff::result_of<runoff::TaskRecord>(); }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      auto& record = results.at<runoff::TaskRecord>(task);
      if (task < failures_) {
        record.failed(runoff::TaskRecord::Clock::now(), task % 3 == 0 ? "rare" : "frequent");
        continue;
      }
      record.succeeded(runoff::TaskRecord::Clock::now());
      record.latency_ns = static_cast<std::int64_t>(task * 7919 % tasks_ + 1) * 1000;  // 7919 is prime
    }
  }

  const runoff::TaskRecord* record(runoff::Results results, std::size_t slot) const override {
    return &results.at<runoff::TaskRecord>(slot);
  }

  runoff::Check check(runoff::Results) const override { return runoff::Check::ok(); }

 private:
  std::size_t tasks_, failures_;
};

}  // namespace

RUNOFF_WORKLOAD(Records,
                {
                    .name = "records",
                    .summary = "tasks that keep records",
                    .bound = runoff::Bound::io,
                    .source = "the contract tests",
                    .parameters = {runoff::Parameter::count("n", 1000, 1, 1'000'000, "tasks"),
                                   runoff::Parameter::count("failures", 0, 0, 1'000'000, "those that fail")},
                })
