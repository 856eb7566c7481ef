#include "report/summary_csv.h"

#include "folder.h"

namespace runoff {
namespace {

std::string summary_of(const std::vector<Sample>& samples) {
  const std::vector<Cell> cells = gather_cells(samples);
  return summary_csv(summarize(cells));
}

const std::string header =
    "workload,parameters,bound,shape,backend,variant,workers,n,median_ns,ci_low_ns,ci_high_ns,speedup,"
    "speedup_low,"
    "speedup_high,efficiency,verdict,rank\r\n";

TEST(SummaryCsv, ColumnsAreTheContractToTheLetter) { EXPECT_EQ(summary_csv({}), header); }

TEST(SummaryCsv, EveryField) {
  std::vector<Sample> tbb = constant("tbb", 2, 600);
  for (Sample& sample : tbb) {
    sample.parameters = "n=1000;grain=1";
    sample.variant = "partitioner=auto";
  }
  std::vector<Sample> serial = constant("serial", 1, 900);
  for (Sample& sample : serial) sample.parameters = "n=1000;grain=1";
  EXPECT_EQ(
      summary_of(serial + tbb),
      header +
          "primes,n=1000;grain=1,cpu,independent,serial,,1,6,900,900,900,1.000000,1.000000,1.000000,1.000000,"
          "fastest,1\r\n"
          "primes,n=1000;grain=1,cpu,independent,tbb,partitioner=auto,2,6,600,600,600,1.500000,1.500000,1."
          "500000,"
          "0.750000,fastest,1\r\n");
}

TEST(SummaryCsv, UnknownIsEmpty) {
  std::vector<Sample> crashed = constant("mpi", 2, 5);
  crashed[0].status = Status::crashed;
  EXPECT_EQ(summary_of(constant("tbb", 2, 7, 2) + crashed),
            header +
                "primes,n=1000,cpu,independent,tbb,,2,2,7,,,,,,,too-few,\r\n"
                "primes,n=1000,cpu,independent,mpi,,2,5,,,,,,,,crashed,\r\n");
}

}  // namespace
}  // namespace runoff
