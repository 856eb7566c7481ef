#include <gtest/gtest.h>

#include <cstring>
#include <memory>

#include "driven.h"
#include "runoff/memory.h"

namespace {

using runoff::testing::Given;

/// A scan with memory of its own, run step by step by this thread.
class Scan : public ::testing::TestWithParam<std::pair<std::size_t, std::size_t>> {
 protected:
  Scan() : memory_(runoff::Memory::create()) {
    const auto& plugin = runoff::testing::load("scan");
    workload_ = plugin.make(runoff::Parameters(
        plugin.parameters, Given{{"n", std::to_string(n_)}, {"grain", std::to_string(grain_)}}));
    input_ = reinterpret_cast<const std::int64_t*>(memory_.bytes(0));
    workload_->layout(memory_);
    workload_->fill(memory_);
    results_ = runoff::testing::results_for(*workload_, memory_);
    std::memset(results_.all().data(), 0xA5, results_.all().size());
  }

  const runoff::Dependent& graph() const { return dynamic_cast<const runoff::Dependent&>(*workload_); }
  void execute(std::size_t steps = 3) const {
    for (std::size_t step = 0; step < steps; ++step)
      for (std::size_t point = graph().width(step); point-- > 0;) graph().run(step, point, results_);
  }
  std::int64_t& output(std::size_t i) const {
    return (&results_.at<std::int64_t>(graph().slot(2, i / grain_)))[i % grain_];
  }

  std::size_t n_ = GetParam().first, grain_ = GetParam().second;
  runoff::Memory memory_;
  std::unique_ptr<runoff::Workload> workload_;
  const std::int64_t* input_ = nullptr;
  runoff::Results results_;
};

TEST_P(Scan, IsThePrefixSumOfItsInput) {
  execute();
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < n_; ++i) ASSERT_EQ(output(i), sum += input_[i]) << i;
  EXPECT_TRUE(workload_->check(results_).right);
}

TEST_P(Scan, NoticesAnyWrongSum) {
  execute(2);
  EXPECT_FALSE(workload_->check(results_).right) << "without its last step";
  execute();
  for (const std::size_t i : {std::size_t{0}, n_ / 2, n_ - 1}) {
    output(i) ^= 1;
    EXPECT_NE(workload_->check(results_).why.find("sum " + std::to_string(i) + " is"), std::string::npos);
    output(i) ^= 1;
  }
}

TEST_P(Scan, EveryTaskHasASlotOfItsOwnAndTheReverseMirrorsTheDependencies) {
  std::vector<int> taken(workload_->slots());
  std::size_t tasks = 0;
  for (std::size_t step = 0; step < graph().steps(); ++step)
    for (std::size_t point = 0; point < graph().width(step); ++point) {
      ++tasks;
      EXPECT_EQ(++taken.at(graph().slot(step, point)), 1);
      for (const auto& inputs : graph().dependencies(step, point))
        for (std::size_t input = inputs.first; input <= inputs.last; ++input) {
          bool mirrored = false;
          for (const auto& back : graph().dependents(step - 1, input))
            mirrored |= back.first <= point && point <= back.last;
          EXPECT_TRUE(mirrored) << step << " " << point << " " << input;
        }
    }
  EXPECT_EQ(workload_->tasks(), tasks);
  EXPECT_EQ(workload_->bytes(), 24 * n_);
}

INSTANTIATE_TEST_SUITE_P(, Scan,
                         ::testing::Values(std::pair{1, 8}, std::pair{9, 8}, std::pair{1000, 8},
                                           std::pair{10'001, 1'024}, std::pair{100, 1'000'000}));

}  // namespace
