#include <cstdint>
#include <cstring>
#include <string>

#include "runoff/workload_plugin.h"

namespace {

using namespace runoff;

/// Tasks that write more than their slots: results of 8 bytes, which the check finds right.
class Trespass final : public Independent {
 public:
  explicit Trespass(const Parameters& parameters) : into_(parameters.text("into")) {}
  std::size_t tasks() const override { return into_ == "slots-there-are-none-of" ? 12 : 8; }
  std::size_t slots() const override { return 8; }
  ResultLayout result() const override { return result_of<std::uint64_t>(); }
  void run(Range range, Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      if (into_ == "before-the-first" && task == 0) std::memset(results.bytes(0).data() - 8, 7, 8);
      if (into_ == "padding") std::memset(results.bytes(task).data(), 7, 24);
      if (into_ == "behind-the-last" && task == 7) std::memset(results.bytes(task).data(), 7, 400);
      results.at<std::uint64_t>(task) = 7 * task;
    }
  }
  Check check(Results results) const override {
    for (std::size_t task = 0; task < slots(); ++task)
      if (results.at<std::uint64_t>(task) != 7 * task) return Check::wrong("task " + std::to_string(task));
    return Check::ok();
  }

 private:
  std::string into_;
};

}  // namespace

RUNOFF_WORKLOAD(Trespass, {.name = "trespass",
                           .summary = "writes beside its slots",
                           .bound = Bound::cpu,
                           .source = "the contract tests",
                           .parameters = {Parameter::choice("into",
                                                            {"nothing", "padding", "before-the-first",
                                                             "behind-the-last", "slots-there-are-none-of"},
                                                            "what it writes too")}})
