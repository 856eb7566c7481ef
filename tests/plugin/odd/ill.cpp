#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>

#include "runoff/memory.h"
#include "runoff/workload_plugin.h"

namespace {

using namespace runoff;

/// Goes wrong in one place, which `way` says.
class Ill final : public Independent {
 public:
  explicit Ill(const Parameters& parameters) : way_(parameters.text("way")) {
    if (way_ == "made-exits") ::_exit(0);
    if (way_ == "made-dies") ::raise(SIGKILL);
    if (way_ == "made-odd") throw 42;
    if (way_ == "made-throws") throw std::runtime_error("no licence was found");
  }
  void layout(Memory& memory) override {
    if (way_ == "huge") memory.bytes(std::size_t{1} << 50);
  }
  std::size_t tasks() const override { return 3; }
  ResultLayout result() const override {
    return way_ == "huge-result" ? ResultLayout{~std::size_t{0}, 8} : result_of<std::uint64_t>();
  }
  void run(Range range, Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      results.at<std::uint64_t>(task) = task + 1;
      if (way_ == "task-silent") throw std::runtime_error("");
      while (way_ == "task-hangs") std::this_thread::sleep_for(std::chrono::seconds(1));
    }
  }
  std::vector<Price> prices() const override {
    if (way_ == "price-named") return {{.name = "a=b"}};
    if (way_ == "price-shared") return {{.name = "a task", .per = 0}};
    return {};
  }
  Check check(Results results) const override {
    if (way_ == "check-throws") throw std::runtime_error("the oracle's file is not there");
    if (way_ == "check-wrong") return Check::wrong("never right");
    if (way_ == "check-silent") return Check::wrong("");
    for (std::size_t task = 0; task < tasks(); ++task)
      if (results.at<std::uint64_t>(task) != task + 1) return Check::wrong("task " + std::to_string(task));
    return Check::ok();
  }

 private:
  std::string way_;
};

}  // namespace

RUNOFF_WORKLOAD(Ill, {.name = "ill",
                      .summary = "goes wrong in one place",
                      .bound = Bound::cpu,
                      .source = "nothing",
                      .parameters = {Parameter::choice("way",
                                                       {"none", "made-exits", "made-dies", "made-odd",
                                                        "made-throws", "price-named", "price-shared", "huge",
                                                        "huge-result", "task-silent", "task-hangs",
                                                        "check-throws", "check-wrong", "check-silent"},
                                                       "where")}})
