#include <string>

#include "runoff/workload_plugin.h"

namespace {

/// Tasks whose results are many bytes, no two the same for long, and no multiple of a cache line.
class Blob final : public runoff::Independent {
 public:
  explicit Blob(const runoff::Parameters& parameters)
      : tasks_(static_cast<std::size_t>(parameters.count("tasks"))),
        size_(static_cast<std::size_t>(parameters.bytes("size"))) {}

  std::size_t tasks() const override { return tasks_; }
  runoff::ResultLayout result() const override { return {size_, 1}; }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      const auto bytes = results.bytes(task);
      for (std::size_t i = 0; i < size_; ++i) bytes[i] = expected(task, i);
    }
  }

  runoff::Check check(runoff::Results results) const override {
    for (std::size_t task = 0; task < tasks_; ++task)
      for (std::size_t i = 0; i < size_; ++i)
        if (results.bytes(task)[i] != expected(task, i))
          return runoff::Check::wrong("byte " + std::to_string(i) + " of task " + std::to_string(task));
    return runoff::Check::ok();
  }

 private:
  // Multiplicative hashing: the upper bits of the product change with every bit of the position.
  static std::byte expected(std::size_t task, std::size_t i) {
    return static_cast<std::byte>(((task * 1'000'003 + i + 1) * 0x9e3779b97f4a7c15) >> 56);
  }

  std::size_t tasks_;
  std::size_t size_;
};

}  // namespace

RUNOFF_WORKLOAD(Blob,
                {
                    .name = "blob",
                    .summary = "results of many bytes",
                    .bound = runoff::Bound::memory,
                    .source = "the tests of worker processes",
                    .parameters = {runoff::Parameter::count("tasks", 7, 0, 1'000'000, "tasks"),
                                   runoff::Parameter::bytes("size", "1000003B", 1, std::int64_t{1} << 36,
                                                            "bytes of one result")},
                })
