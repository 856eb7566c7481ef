#include <unistd.h>

#include <cstdint>
#include <iostream>
#include <mutex>

#include "runoff/workload_plugin.h"

namespace {

using namespace runoff;

/// Tasks that wait for ever, for a lock or for a pipe, or that work for ever.
class Standstill final : public Independent {
 public:
  explicit Standstill(const Parameters& parameters) : way_(parameters.text("way")) {}
  std::size_t tasks() const override { return 2; }
  ResultLayout result() const override { return result_of<std::uint64_t>(); }
  void run(Range range, Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      results.at<std::uint64_t>(task) = task;
      if (way_ == "none") continue;
      std::cerr << "a task begins" << std::endl;
      if (way_ == "lock") {
        mutex_.lock();  // the second time, by whichever worker, it waits for ever
        mutex_.lock();
      } else if (way_ == "pipe") {
        int ends[2];
        char byte = 0;
        if (::pipe(ends) == 0 && ::read(ends[0], &byte, 1) < 0) return;
      } else {
        for (volatile unsigned i = 0;;) i = i + 1;
      }
    }
  }
  Check check(Results results) const override {
    return results.at<std::uint64_t>(1) == 1 ? Check::ok() : Check::wrong("task 1 did not run");
  }

 private:
  std::string way_;
  mutable std::mutex mutex_;
};

}  // namespace

RUNOFF_WORKLOAD(Standstill,
                {.name = "standstill",
                 .summary = "tasks that never end",
                 .bound = Bound::cpu,
                 .source = "nothing",
                 .parameters = {Parameter::choice("way", {"none", "lock", "pipe", "work"}, "how")}})
