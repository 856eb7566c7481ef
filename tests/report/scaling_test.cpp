#include "folder.h"
#include "report/scaling_csv.h"
#include "report/scaling_text.h"
#include "report/weak_scaling_csv.h"
#include "report/weak_scaling_text.h"

namespace runoff {
namespace {

/// A fixed time for each number of workers, of a serial fraction of 20 %.
std::vector<Sample> by_amdahl(const std::vector<std::int64_t>& workers) {
  std::vector<Sample> all;
  for (const std::int64_t n : workers) all = all + constant("tbb", n, 200'000'000 + 800'000'000 / n);
  return all;
}

TEST(ScalingReport, TheTableSaysWhatTheLawsFound) {
  const auto samples = by_amdahl({1, 2, 4, 8});
  const auto cells = gather_cells(samples);
  const auto curves = scaling_curves(cells, 8, Rules());
  EXPECT_EQ(
      scaling_text(curves, Names(samples), Page{}),
      "primes: what more workers bring\n"
      "  backend  more do not pay from  serial fraction (Karp–Flatt)  Amdahl          Universal Scalability\n"
      "  tbb      beyond 8              20 % (20 – 20) at 8           20 % (20 – 20)  σ 20 % (20 – 20), κ 0 "
      "(0 – 0)\n"
      "  Intervals: 95 %, by bootstrap over rounds. More pay where they make it faster by more than the "
      "precision.\n");
}

TEST(ScalingReport, WithTwoCoresItSaysWhyNothingIsFitted) {
  const auto samples = by_amdahl({1, 2});
  const auto cells = gather_cells(samples);
  const std::string text = scaling_text(scaling_curves(cells, 2, Rules()), Names(samples), Page{});
  EXPECT_NE(text.find("No law of scaling is fitted: Amdahl's takes 3"), std::string::npos) << text;
  EXPECT_EQ(text.find("Universal Scalability\n"), std::string::npos) << text;
}

TEST(ScalingReport, TheFileHasARowForEachBackend) {
  const auto samples = by_amdahl({1, 2, 4});
  const auto cells = gather_cells(samples);
  const std::string text = scaling_csv(scaling_curves(cells, 4, Rules()), Names(samples));
  EXPECT_NE(text.find("\r\nprimes,n=1000,tbb,,4,4,4,2=0.2;4=0.2,2=0.2;4=0.2,2=0.2;4=0.2,1,0.2,0.2,0.2,,,,,,,,"
                      ",,,primes,tbb,,\r\n"),
            std::string::npos)
      << text;
}

// Times that jump: no law is within 25 % of them.
TEST(ScalingReport, TheFileSaysByHowMuchALawMisses) {
  const auto samples = constant("tbb", 1, 800'000'000) + constant("tbb", 2, 100'000'000) +
                       constant("tbb", 4, 700'000'000) + constant("tbb", 8, 90'000'000);
  const auto cells = gather_cells(samples);
  const std::string text = scaling_csv(scaling_curves(cells, 8, Rules()), Names(samples));
  const std::size_t row = text.find("\r\n") + 2;
  EXPECT_EQ(text.find(",primes,tbb,,\r\n", row), std::string::npos) << text;
  EXPECT_NE(text.find(",primes,tbb,1.1", row), std::string::npos) << text;
}

/// As many workers, and as many times n.
std::vector<Sample> grown(const std::string& backend, std::int64_t workers, std::int64_t times,
                          std::int64_t wall) {
  auto samples = constant(backend, workers, wall);
  for (Sample& sample : samples) sample.parameters = "n=" + std::to_string(1000 * times);
  return samples;
}

TEST(WeakScalingReport, TableAndFileHaveTheSpeedUpByWorker) {
  const auto samples = grown("serial", 1, 1, 100'000'000) + grown("tbb", 1, 1, 125'000'000) +
                       grown("serial", 1, 2, 200'000'000) + grown("tbb", 2, 2, 125'000'000);
  const auto cells = gather_cells(samples);
  const auto curves = weak_curves(cells);
  EXPECT_EQ(
      weak_scaling_text(curves, Names(samples), Page{}),
      "primes: where each worker brings work of its own (n=1000 with 1 worker, and as many times more)\n"
      "  backend  1 worker               2 workers\n"
      "  tbb      0.800 (0.800 – 0.800)  0.800 (0.800 – 0.800)\n"
      "  Weak scaling: the speed-up over serial on the same problem, by worker (Gustafson 1988). 1 is "
      "ideal.\n"
      "  Intervals: 95 %.\n");
  const std::string text = weak_scaling_csv(curves, Names(samples));
  EXPECT_NE(text.find("\r\nprimes,n,tbb,,2,n=2000,6,125000000,1.6,1.6,1.6,0.8,0.8,0.8,tbb\r\n"),
            std::string::npos)
      << text;
}

}  // namespace
}  // namespace runoff
