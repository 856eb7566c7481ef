#include "statistics/overall.h"

#include <gtest/gtest.h>

#include "series.h"

namespace runoff {
namespace {

std::vector<Sample> of(const std::string& workload, const std::string& backend, std::int64_t wall) {
  std::vector<Sample> made = samples(backend, 2, std::vector<std::int64_t>(6, wall));
  for (Sample& sample : made) sample.workload = workload;
  return made;
}

std::string backend_of(const Cell& cell) { return cell.backend; }

TEST(Overall, GeometricMeansOfTheTimesToTheBest) {
  const auto cells =
      gather_cells(of("primes", "tbb", 100) + of("primes", "fork", 200) + of("primes", "mpi", 100) +
                   of("stream", "tbb", 800) + of("stream", "fork", 100) + of("stream", "mpi", 100));
  const auto found = contests(cells, Rules());
  const auto all = overall(found, backend_of);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].name, "mpi");
  EXPECT_NEAR(all[0].times.value, 1, 1e-9);
  EXPECT_EQ(all[0].best_in, 2U);
  EXPECT_EQ(all[1].name, "fork");
  EXPECT_NEAR(all[1].times.value, std::sqrt(2.0), 1e-9);  // 2 and 1
  EXPECT_NEAR(all[1].times.low, std::sqrt(2.0), 1e-6);    // equal samples leave no doubt
  EXPECT_EQ(all[2].name, "tbb");
  EXPECT_NEAR(all[2].times.value, std::sqrt(8.0), 1e-9);  // 1 and 8, not 4.5 in the mean
  EXPECT_EQ(all[2].best_in, 1U);
}

TEST(Overall, OnlyWhatIsRankedEverywhereHasAMean) {
  auto broken = of("stream", "fork", 100);
  broken[1].status = Status::crashed;
  const auto cells = gather_cells(of("primes", "tbb", 100) + of("primes", "fork", 50) +
                                  of("stream", "tbb", 100) + of("stream", "mpi", 90) + broken);
  const auto found = contests(cells, Rules());
  const auto all = overall(found, backend_of);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].name, "tbb");
}

TEST(Overall, OneProblemIsNoMean) {
  const auto cells = gather_cells(of("primes", "tbb", 100) + of("primes", "fork", 50));
  EXPECT_TRUE(overall(contests(cells, Rules()), backend_of).empty());
}

}  // namespace
}  // namespace runoff
