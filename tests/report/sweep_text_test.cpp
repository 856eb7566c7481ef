#include "report/sweep_text.h"

#include <gtest/gtest.h>

#include "folder.h"

namespace runoff {
namespace {

std::vector<Sample> at(std::vector<Sample> samples, const std::string& parameters,
                       const std::string& variant = "", Sample::Number concurrency = {}) {
  for (Sample& sample : samples) {
    sample.parameters = parameters;
    sample.variant = variant;
    sample.concurrency = concurrency;
    sample.bound = "io";
  }
  return samples;
}

TEST(SweepText, SaysWhereTheBestChoiceChangesHands) {
  const auto samples = at(constant("tbb", 26, 2'000'000), "latency=1ms;n=26") +
                       at(constant("fork", 26, 2'010'000), "latency=1ms;n=26") +
                       at(constant("tbb", 26, 12'000'000), "latency=10ms;n=26") +
                       at(constant("fork", 26, 15'000'000), "latency=10ms;n=26") +
                       at(constant("tbb", 26, 150'000'000), "latency=100ms;n=26") +
                       at(constant("fork", 26, 110'000'000), "latency=100ms;n=26");
  const auto cells = gather_cells(samples);
  EXPECT_EQ(sweep_text(parameter_sweeps(cells, Rules()).front(), Names(samples), Page()),
            "primes by latency  n=26\n"
            "  latency  best  workers     time  tied  not surely slower\n"
            "      1ms  tbb        26  2.00 ms  fork\n"
            "     10ms  tbb        26  12.0 ms\n"
            "    100ms  fork       26   110 ms\n");
  EXPECT_EQ(reign_sentence(parameter_sweeps(cells, Rules()).front(), Names(samples)),
            "The best choice changes hands: up to 10ms tbb; at 100ms fork.");
}

TEST(SweepText, TellsOfQuickerOnesWhoseWorkersNeverAllWorked) {
  auto idle = at(constant("fork", 8, 1'000'000), "latency=1ms;n=26");
  for (Sample& sample : idle) {
    sample.tasks = 26;
    sample.workers_shares = "2=1";
  }
  auto late = at(constant("openmp", 8, 3'000'000), "latency=1ms;n=26");
  for (Sample& sample : late) {
    sample.tasks = 26;
    sample.workers_shares = "2=1";
  }
  const auto samples = at(constant("tbb", 8, 2'000'000), "latency=1ms;n=26") + idle + late +
                       at(constant("tbb", 8, 12'000'000), "latency=10ms;n=26") +
                       at(constant("fork", 8, 15'000'000), "latency=10ms;n=26");
  const auto cells = gather_cells(samples);
  EXPECT_EQ(
      reign_sentence(parameter_sweeps(cells, Rules()).front(), Names(samples)),
      "The best choice does not change: throughout tbb. Quicker, but not ranked, as some of their workers "
      "never worked: fork (at 1ms).");
}

TEST(SweepText, NamesAFewOfMany) {
  std::vector<Sample> samples;
  for (const std::string parameters : {"latency=1ms;n=26", "latency=2ms;n=26"})
    for (const char* backend : {"tbb", "fork", "mpi", "openmp", "stdpar"})
      samples = samples + at(constant(backend, 26, 2'000'000), parameters);
  const auto cells = gather_cells(samples);
  const std::string text = sweep_text(parameter_sweeps(cells, Rules()).front(), Names(samples), Page());
  EXPECT_NE(text.find("  fork       26  2.00 ms  mpi, openmp and 2 others\n"), std::string::npos) << text;
}

TEST(SweepText, ConcurrencyIsOneBackendHoweverItGetsThere) {
  const auto samples = at(constant("tbb", 1, 260'000'000), "n=26") +
                       at(constant("tbb", 26, 12'000'000), "n=26") +
                       at(constant("event-loop", 1, 250'000'000), "n=26", "many=1", 1) +
                       at(constant("event-loop", 2, 11'000'000), "n=26", "many=13", 26);
  const auto cells = gather_cells(samples);
  const Sweep sweep = concurrency_sweeps(cells, {{"event-loop", "many"}}, Rules()).front();
  EXPECT_EQ(sweep_text(sweep, Names(samples), Page()),
            "primes by concurrency  n=26\n"
            "  concurrency  best        workers     time  tied  not surely slower\n"
            "            1  event-loop        1   250 ms\n"
            "           26  event-loop   2 x 13  11.0 ms\n");
  EXPECT_EQ(reign_sentence(sweep, Names(samples)), "The best choice does not change: throughout event-loop.");
}

}  // namespace
}  // namespace runoff
