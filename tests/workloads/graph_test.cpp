#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "driven.h"
#include "runoff/memory.h"

// The tasks of a graph: what they compute, send on and notice. Their edges: graph_patterns_test.cpp.

namespace {

using runoff::testing::Given;

/// A graph with memory of its own, run in order by this thread.
class Driven {
 public:
  explicit Driven(const Given& given) : memory_(runoff::Memory::create()) {
    const auto& plugin = runoff::testing::load("graph");
    workload_ = plugin.make(runoff::Parameters(plugin.parameters, given));
    workload_->layout(memory_);
    workload_->fill(memory_);
    results_ = runoff::testing::results_for(*workload_, memory_);
    std::fill(results_.all().begin(), results_.all().end(), std::byte{0xA5});
  }

  const runoff::Dependent& graph() const { return dynamic_cast<const runoff::Dependent&>(*workload_); }
  runoff::Results results() const { return results_; }
  runoff::Check check() const { return workload_->check(results_); }
  void task(std::size_t step, std::size_t point) const { graph().run(step, point, results_); }
  void execute() const {
    for (std::size_t step = 0; step < graph().steps(); ++step)
      for (std::size_t point = 0; point < graph().width(step); ++point) task(step, point);
  }
  /// The value of the work, which lies behind step, point and execution.
  std::uint64_t value(std::size_t step, std::size_t point) const {
    std::uint64_t value;
    std::memcpy(&value, results_.bytes(graph().slot(step, point)).data() + 16, sizeof(value));
    return value;
  }

 private:
  runoff::Memory memory_;
  std::unique_ptr<runoff::Workload> workload_;
  runoff::Results results_;
};

TEST(Graph, IsRightWithEveryKernelPatternAndPayload) {
  const auto& parameters = runoff::testing::load("graph").parameters;
  const auto choices = [&](const std::string& name) {
    for (const auto& parameter : parameters)
      if (parameter.name == name) return parameter.choices;
    throw std::logic_error(name);
  };
  for (const auto& pattern : choices("pattern"))
    for (const auto& kernel : choices("kernel"))
      for (const char* payload : {"0B", "1B", "8B", "1001B"}) {
        if (kernel == "memory" && (pattern != "stencil" || payload[0] != '8'))
          continue;  // its 64 MiB take long
        const Driven run({{"pattern", pattern},
                          {"kernel", kernel},
                          {"payload", payload},
                          {"width", "7"},
                          {"steps", "9"},
                          {"grain", "5"}});
        EXPECT_FALSE(run.check().right) << "nothing has run yet";
        for (int execution = 0; execution < 3; ++execution) {
          ASSERT_NO_THROW(run.execute()) << pattern << " " << kernel << " " << payload;
          const auto check = run.check();
          ASSERT_TRUE(check.right) << check.why << " " << pattern << " " << kernel << " " << payload;
        }
      }
}

TEST(Graph, CheckNoticesAnyByteThatIsWrong) {
  const Driven run({{"pattern", "fft"}, {"width", "9"}, {"steps", "12"}, {"grain", "5"}, {"payload", "19B"}});
  run.execute();
  ASSERT_TRUE(run.check().right);
  for (const std::size_t slot : {run.graph().slot(0, 0), run.graph().slot(5, 8), run.graph().slot(11, 4)})
    for (std::byte& byte : run.results().bytes(slot)) {
      byte ^= std::byte{1};
      EXPECT_FALSE(run.check().right)
          << "slot " << slot << ", byte " << &byte - run.results().bytes(slot).data();
      byte ^= std::byte{1};
    }
}

// No dependent task reads the value of a task's work: `check` looks at it.
TEST(Graph, ConsumersNoticeAnyByteOfTheirInputsThatIsWrong) {
  for (const char* pattern : {"stencil", "all-to-all", "wavefront"}) {
    const Driven run(
        {{"pattern", pattern}, {"width", "4"}, {"steps", "9"}, {"grain", "1"}, {"payload", "19B"}});
    run.execute();
    for (std::size_t point = 0; point < run.graph().width(0); ++point) run.task(0, point);
    const auto bytes = run.results().bytes(run.graph().slot(0, 0));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      if (i >= 16 && i < 24) continue;
      bytes[i] ^= std::byte{1};
      EXPECT_THROW(run.task(1, 0), runoff::WrongInput) << pattern << ", byte " << i;
      bytes[i] ^= std::byte{1};
    }
    EXPECT_NO_THROW(run.task(1, 0));
  }
}

TEST(Graph, RefusesAnInputOfTheExecutionBefore) {
  const Driven run({{"width", "4"}, {"steps", "2"}, {"grain", "0"}});
  run.execute();
  run.task(0, 0);
  try {
    run.task(1, 0);
    FAIL() << "point 1 of step 0 has not run yet";
  } catch (const runoff::WrongInput& error) {
    EXPECT_STREQ(error.what(),
                 "point 0 of step 1 found that its input, point 1 of step 0, had not run in this "
                 "execution");
  }
}

TEST(Graph, ComputesAsOftenAsItsGrainSays) {
  // 64 numbers, each of which grows by 1 in an iteration.
  const auto value = [](const char* grain) {
    const Driven run({{"width", "1"}, {"steps", "1"}, {"grain", grain}});
    run.execute();
    EXPECT_TRUE(run.check().right);
    return run.value(0, 0);
  };
  EXPECT_EQ(value("1") - value("0"), 64u);
  EXPECT_EQ(value("100003") - value("0"), 100003u * 64);
}

TEST(Graph, ImbalanceIsUniformAroundTheGrain) {
  const std::size_t steps = 20'000;
  const Driven none(
      {{"width", "1"}, {"steps", std::to_string(steps)}, {"grain", "0"}, {"kernel", "imbalance"}});
  const Driven some(
      {{"width", "1"}, {"steps", std::to_string(steps)}, {"grain", "50"}, {"kernel", "imbalance"}});
  none.execute();
  some.execute();
  std::vector<std::size_t> times(101);
  for (std::size_t step = 0; step < steps; ++step)
    ++times.at((some.value(step, 0) - none.value(step, 0)) / 64);
  // 198 of each are expected, give or take 14.
  for (const std::size_t count : times) EXPECT_NEAR(static_cast<double>(count), 198, 70);
}

TEST(Graph, StreamsAroundTheEndOfItsMemory) {
  // 16384 blocks for one point: grains that do not divide it, and one that goes around more than once.
  for (const char* grain : {"5000", "40000"}) {
    const Driven run({{"width", "1"}, {"steps", "5"}, {"grain", grain}, {"kernel", "memory"}});
    run.execute();
    const auto check = run.check();
    EXPECT_TRUE(check.right) << check.why << ", grain " << grain;
    EXPECT_EQ(run.graph().bytes(), 5u * 4096 * std::stoull(grain));
  }
}

TEST(Graph, WaitsForAtLeastItsGrain) {
  const Driven run({{"width", "1"}, {"steps", "10"}, {"grain", "100000"}, {"kernel", "busy-wait"}});
  const auto begin = std::chrono::steady_clock::now();
  run.execute();
  EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(1));
}

TEST(Graph, RefusesWhatCannotBe) {
  const auto refused = [](const Given& given) -> std::string {
    try {
      const auto& plugin = runoff::testing::load("graph");
      plugin.make(runoff::Parameters(plugin.parameters, given));
      return "nothing was refused";
    } catch (const runoff::InvalidParameter& error) {
      return error.what();
    }
  };
  for (const char* pattern : {"nearest-k", "spread-k", "random"})
    EXPECT_EQ(
        refused({{"pattern", pattern}, {"width", "4"}, {"radix", "5"}}),
        "'radix' cannot be 5 where 'width' is 4: a task depends on at most all points of the step before; "
        "choose a radix up to the width");
  EXPECT_NE(refused({{"width", "0"}}).find("a whole number from 1"), std::string::npos);
  EXPECT_NE(refused({{"steps", "0"}}).find("a whole number from 1"), std::string::npos);
  const auto text = refused({{"pattern", "spread-k"}, {"width", "1000000"}, {"radix", "1000000"}});
  EXPECT_NE(text.find("MiB are there; choose a smaller 'width' or 'radix'"), std::string::npos) << text;
  // A front of each length has a list of its own: 8 TB of them.
  const auto front = refused({{"pattern", "wavefront"}, {"width", "1000000"}, {"steps", "1000000"}});
  EXPECT_NE(front.find("MiB are there; choose a smaller 'width' or 'radix'"), std::string::npos) << front;
  EXPECT_EQ(refused({{"width", "1"}}), "nothing was refused") << "the radix does not matter to a stencil";
}

}  // namespace
