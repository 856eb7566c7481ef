#include "report/crossovers_csv.h"

#include "folder.h"

namespace runoff {
namespace {

std::vector<Sample> with_parameters(const std::string& parameters, std::vector<Sample> samples) {
  for (Sample& sample : samples) sample.parameters = parameters;
  return samples;
}

std::string crossovers_of(const std::vector<Sample>& samples) {
  const auto cells = gather_cells(samples);
  return crossovers_csv(parameter_sweeps(cells, Rules()), Names(samples));
}

TEST(CrossoversCsv, APointForEachPairOfValuesAndOneMapOfEachTwo) {
  const std::vector<Sample> samples =
      with_parameters("d=1ms;k=x;size=1KiB", constant("tbb", 2, 50) + constant("fork", 4, 60)) +
      with_parameters("d=10ms;k=x;size=1KiB", constant("tbb", 2, 90) + constant("fork", 4, 70)) +
      with_parameters("d=1ms;k=x;size=64KiB", constant("tbb", 2, 80, 2) + constant("fork", 4, 60, 3)) +
      with_parameters("d=10ms;k=x;size=64KiB", constant("tbb", 2, 1000) + constant("fork", 4, 1001));
  EXPECT_EQ(
      crossovers_of(samples),
      "workload,parameters,across,across_value,across_number,up,up_value,up_number,backend,variant,"
      "workers,n,median_ns,verdict,settled,label,open,map\r\n"
      "primes,k=x,d,1ms,1000000,size,1KiB,1024,tbb,,2,6,50,fastest,yes,tbb,,primes by d and size\r\n"
      "primes,k=x,d,10ms,10000000,size,1KiB,1024,fork,,4,6,70,fastest,yes,fork,,primes by d and size\r\n"
      "primes,k=x,d,1ms,1000000,size,64KiB,65536,fork,,4,3,60,too-few,no,fork,,primes by d and size\r\n"
      "primes,k=x,d,10ms,10000000,size,64KiB,65536,tbb,,2,6,1000,fastest,yes,tbb,fork,primes by d and "
      "size\r\n");
}

TEST(CrossoversCsv, OneSweepIsNoMap) {
  EXPECT_EQ(
      crossovers_of(with_parameters("d=1ms;size=1KiB", constant("tbb", 2, 50) + constant("fork", 4, 60)) +
                    with_parameters("d=2ms;size=1KiB", constant("tbb", 2, 50) + constant("fork", 4, 60))),
      "");
}

}  // namespace
}  // namespace runoff
