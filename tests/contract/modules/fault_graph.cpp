#include <cstdint>
#include <stdexcept>

#include "runoff/plugin.h"

namespace {

/// A graph in which every point needs all points of the step before, and one task throws.
class FaultGraph final : public runoff::Dependent {
 public:
  explicit FaultGraph(const runoff::Parameters& parameters) : wrong_(parameters.text("kind") == "wrong") {}

  std::size_t tasks() const override { return slots(); }
  std::size_t slots() const override { return steps() * width_; }
  runoff::ResultLayout result() const override { return runoff::result_of<std::uint64_t>(); }
  runoff::Check check(runoff::Results) const override {
    return runoff::Check::wrong("nobody comes to the 1st check");
  }

  std::size_t steps() const override { return 40; }
  std::size_t width(std::size_t) const override { return width_; }
  std::size_t slot(std::size_t step, std::size_t point) const override { return step * width_ + point; }
  std::span<const runoff::Interval> dependencies(std::size_t step, std::size_t) const override {
    return step == 0 ? std::span<const runoff::Interval>{} : std::span(&all_, 1);
  }
  std::span<const runoff::Interval> dependents(std::size_t step, std::size_t) const override {
    return step + 1 == steps() ? std::span<const runoff::Interval>{} : std::span(&all_, 1);
  }

  void run(std::size_t step, std::size_t point, runoff::Results results) const override {
    if (step > 17) throw std::runtime_error("a task ran behind the one that threw");
    if (step == 17 && point == 6) {
      if (wrong_) throw runoff::WrongInput("point 6 of step 17 has a wrong input");
      throw std::runtime_error("point 6 of step 17 threw");
    }
    results.at<std::uint64_t>(slot(step, point)) = step;
  }

 private:
  static constexpr std::uint32_t width_ = 8;
  runoff::Interval all_{0, width_ - 1};
  bool wrong_;
};

}  // namespace

RUNOFF_WORKLOAD(FaultGraph, {
                                .name = "fault-graph",
                                .summary = "a graph in which a task throws",
                                .bound = runoff::Bound::runtime,
                                .source = "the contract tests",
                                .parameters = {runoff::Parameter::choice("kind", {"throw", "wrong"}, "what")},
                            })
