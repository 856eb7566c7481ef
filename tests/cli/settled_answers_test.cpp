#include "cli/settled_answers.h"

#include <gtest/gtest.h>

namespace runoff {
namespace {

/// Nine samples, round by round: the first backend takes 10 ms, the second as given, with a hundredth more by
/// turns.
std::vector<Sample> two_backends(const std::string& workload, std::int64_t second_ns, std::int64_t percent) {
  std::vector<Sample> samples;
  for (std::int64_t round = 1; round <= 9; ++round)
    for (const auto& [backend, ns] :
         {std::pair{"tbb", std::int64_t{10'000'000}}, std::pair{"fork", second_ns}}) {
      Sample sample;
      sample.workload = workload;
      sample.bound = "cpu";
      sample.shape = "independent";
      sample.backend = backend;
      sample.workers = 2;
      sample.sample = round;
      sample.wall_ns = ns + (round % 2 == (ns == 10'000'000) ? ns * percent / 100 : 0);
      samples.push_back(sample);
    }
  return samples;
}

Progress settled(std::size_t verdicts) {
  Progress progress;
  progress.settled = verdicts;
  return progress;
}

TEST(SettledAnswers, AreToldOnceAndOnlyWhereNothingIsOpen) {
  Prepared run;
  run.plan.looks = {6, 9, 13};
  SettledAnswers answers(run);
  auto samples = two_backends("plain", 20'000'000, 1);
  const auto near = two_backends("near", 10'300'000, 10);
  samples.insert(samples.end(), near.begin(), near.end());
  EXPECT_TRUE(answers.more(settled(0), samples).empty());
  const auto told = answers.more(settled(2), samples);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].substr(0, 16), "plain: tbb wins:") << told[0];
  EXPECT_TRUE(answers.more(settled(2), samples).empty());
  EXPECT_TRUE(answers.more(settled(3), samples).empty());
}

}  // namespace
}  // namespace runoff
