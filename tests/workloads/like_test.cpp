#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "driven.h"
#include "like/lengths.h"
#include "like/steps.h"
#include "runoff/asynchronous.h"
#include "runoff/task_record.h"

namespace {

using runoff::testing::Driven;

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

TEST(Like, LengthsHaveTheMomentsOfALognormal) {
  // With mean 1: variance exp(σ²) - 1, median exp(-σ²/2), and 68.27 % within one σ of the median (Johnson,
  // Kotz & Balakrishnan, Continuous Univariate Distributions, chapter 14).
  for (const double spread : {1.2, 2.0, 3.0}) {
    const double sigma = std::log(spread);
    std::vector<double> lengths = like::lengths(100'000, spread);
    EXPECT_NEAR(mean_of(lengths), 1, 1e-9);
    double squares = 0, within = 0;
    const double median = std::exp(-sigma * sigma / 2);
    for (const double one : lengths) {
      squares += (one - 1) * (one - 1);
      within += one >= median / spread && one <= median * spread;
    }
    const double variance = std::exp(sigma * sigma) - 1;
    EXPECT_NEAR(squares / 100'000, variance, 0.02 * variance) << spread;
    EXPECT_NEAR(within / 100'000, 0.6827, 0.001) << spread;
    std::nth_element(lengths.begin(), lengths.begin() + 50'000, lengths.end());
    EXPECT_NEAR(lengths[50'000], median, 0.001) << spread;
  }
}

TEST(Like, LengthsAreTheSameEverywhereAndInNoOrder) {
  EXPECT_EQ(like::lengths(1000, 2), like::lengths(1000, 2));
  EXPECT_EQ(like::lengths(3, 1), std::vector<double>(3, 1));
  const std::vector<double> lengths = like::lengths(1000, 2);
  // Neighbours are unlike: the correlation of 1000 independent ones is below 0.1 in 998 of 1000 cases.
  double together = 0, squares = 0;
  for (std::size_t i = 0; i + 1 < lengths.size(); ++i) {
    together += (lengths[i] - 1) * (lengths[i + 1] - 1);
    squares += (lengths[i] - 1) * (lengths[i] - 1);
  }
  EXPECT_LT(std::abs(together / squares), 0.1);
}

TEST(Like, AJumpIsAsManyStepsOneAfterTheOther) {
  // The first of Knuth's MMIX generator from 0 is its addend.
  EXPECT_EQ(like::jump_steps(0, 1), 1442695040888963407u);
  std::uint64_t x = 42;
  for (std::uint64_t steps = 0; steps < 300; ++steps, x = x * like::factor + like::addend) {
    EXPECT_EQ(like::jump_steps(42, steps), x) << steps;
    EXPECT_EQ(like::walk_steps(42, steps), x) << steps;
  }
}

TEST(Like, EveryTaskAnswersAndWrongOnesAreFound) {
  Driven driven(
      "like",
      {{"tasks", "101"}, {"task", "200ns"}, {"spread", "300"}, {"memory", "64KiB"}, {"payload", "37B"}});
  driven.run_shuffled();
  EXPECT_TRUE(driven.check().right) << driven.check().why;
  driven.poison_slot(57);
  EXPECT_FALSE(driven.check().right);
  driven.run_shuffled(2);
  EXPECT_TRUE(driven.check().right);
  driven.swap_slots(3, 4);
  EXPECT_FALSE(driven.check().right) << "an answer of another task";
  driven.swap_slots(3, 4);
  driven.results().bytes(100).back() ^= std::byte{1};
  EXPECT_FALSE(driven.check().right) << "the last byte of a payload";
}

TEST(Like, TasksWalkAllOfTheMemoryOnce) {
  Driven driven("like", {{"tasks", "13"}, {"task", "0ns"}, {"spread", "200"}, {"memory", "8000B"}});
  driven.run_shuffled();
  EXPECT_TRUE(driven.check().right) << driven.check().why;
  EXPECT_EQ(driven.workload().bytes(), 8000u + 13 * 0u);
  for (const std::size_t word : {0, 500, 999}) {
    auto& walked = reinterpret_cast<std::uint64_t*>(driven.inputs())[word];
    walked += 1;
    driven.run_shuffled();
    EXPECT_FALSE(driven.check().right) << "word " << word << " was not read";
    walked -= 1;
  }
}

TEST(Like, TwiceAsLongIsTwiceTheSteps) {
  // A task's value is its number, so many steps on.
  for (const auto& [task, steps] : {std::pair{"1000ns", 2000u}, {"2000ns", 4000u}}) {
    Driven driven("like", {{"tasks", "1"}, {"task", task}, {"steps-per-ms", "2000000"}});
    driven.run_shuffled();
    std::uint64_t x = 0;
    for (unsigned i = 0; i < steps; ++i) x = x * like::factor + like::addend;
    EXPECT_EQ(driven.results().at<std::uint64_t>(0), x) << task;
  }
  Driven beside("like",
                {{"tasks", "1"}, {"task", "2000ns"}, {"beside", "1500ns"}, {"steps-per-ms", "2000000"}});
  beside.run_shuffled();
  EXPECT_EQ(beside.results().at<std::uint64_t>(0), like::jump_steps(0, 1000));
}

TEST(Like, AWaitingTaskWaitsItsShare) {
  Driven driven("like-waiting", {{"tasks", "3"}, {"task", "4ms"}, {"wait", "75"}, {"steps-per-ms", "1"}});
  driven.run_shuffled();
  EXPECT_TRUE(driven.check().right) << driven.check().why;
  for (std::size_t task = 0; task < 3; ++task)
    EXPECT_GE(driven.workload().record(driven.results(), task)->latency_ns, 3'000'000);
  struct Answer {
    std::uint64_t value;
    runoff::TaskRecord record;
  };
  driven.results().at<Answer>(1).record.latency_ns = 2'999'999;
  EXPECT_FALSE(driven.check().right) << "it did not wait";
  EXPECT_NE(driven.workload().asynchronous(), nullptr);
}

}  // namespace
