#include "folder.h"
#include "report/scaling_csv.h"
#include "report/scaling_text.h"

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
                      ",,,primes,tbb\r\n"),
            std::string::npos)
      << text;
}

}  // namespace
}  // namespace runoff
