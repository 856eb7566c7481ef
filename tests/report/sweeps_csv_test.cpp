#include "report/sweeps_csv.h"

#include "folder.h"

namespace runoff {
namespace {

std::vector<Sample> at_stop(const std::string& parameters, std::vector<Sample> samples) {
  for (Sample& sample : samples) sample.parameters = parameters;
  return samples;
}

const std::string sweeps_header =
    "workload,parameters,axis,value,number,backend,variant,workers,concurrency,n,median_ns,ci_low_ns,ci_high_"
    "ns,"
    "verdict,rank,reign,reigns,sweep,label\r\n";

TEST(SweepsCsv, ARowForEachChoiceAtEachStop) {
  auto broken = constant("fork", 4, 7);
  broken[2].status = Status::crashed;
  const auto samples = at_stop("size=64KiB;d=1ms", constant("tbb", 2, 50) + constant("fork", 4, 60)) +
                       at_stop("size=64KiB;d=2ms", constant("tbb", 8, 90, 2) + broken) +
                       at_stop("size=64KiB;d=3ms", constant("tbb", 2, 90) + constant("fork", 4, 40)) +
                       at_stop("size=1KiB;d=3ms", constant("tbb", 2, 90));
  const auto cells = gather_cells(samples);
  EXPECT_EQ(
      sweeps_csv(parameter_sweeps(cells, Rules()), Names(samples)),
      sweeps_header +
          "primes,size=64KiB,d,1ms,1000000,tbb,,2,2,6,50,50,50,fastest,1,1,yes,primes size=64KiB by d,tbb\r\n"
          "primes,size=64KiB,d,1ms,1000000,fork,,4,4,6,60,60,60,slower,2,1,no,primes size=64KiB by d,fork\r\n"
          "primes,size=64KiB,d,2ms,2000000,tbb,,8,8,2,90,,,too-few,,,,primes size=64KiB by d,tbb\r\n"
          "primes,size=64KiB,d,2ms,2000000,fork,,4,4,5,,,,crashed,,,,primes size=64KiB by d,fork\r\n"
          "primes,size=64KiB,d,3ms,3000000,fork,,4,4,6,40,40,40,fastest,1,2,yes,primes size=64KiB by "
          "d,fork\r\n"
          "primes,size=64KiB,d,3ms,3000000,tbb,,2,2,6,90,90,90,slower,2,2,no,primes size=64KiB by d,tbb\r\n");
}

TEST(SweepsCsv, OverConcurrencyTheLabelLacksTheOptionThatSetsIt) {
  const auto waiting = [](std::vector<Sample> samples, const std::string& variant, std::int64_t concurrency) {
    for (Sample& sample : samples) {
      sample.bound = "io";
      sample.variant = variant;
      sample.concurrency = concurrency;
    }
    return samples;
  };
  const auto samples = waiting(constant("loop", 1, 9), "many=1", 1) + waiting(constant("fork", 1, 8), "", 1) +
                       waiting(constant("loop", 1, 5), "many=26", 26) +
                       waiting(constant("fork", 26, 7), "", 26);
  const auto cells = gather_cells(samples);
  EXPECT_EQ(
      sweeps_csv(concurrency_sweeps(cells, {{"loop", "many"}}, Rules()), Names(samples)),
      sweeps_header +
          "primes,n=1000,concurrency,1,1,fork,,1,1,6,8,8,8,fastest,1,1,yes,primes by concurrency,fork\r\n"
          "primes,n=1000,concurrency,1,1,loop,many=1,1,1,6,9,9,9,slower,2,1,no,primes by concurrency,loop\r\n"
          "primes,n=1000,concurrency,26,26,loop,many=26,1,26,6,5,5,5,fastest,1,2,yes,primes by concurrency,"
          "loop\r\n"
          "primes,n=1000,concurrency,26,26,fork,,26,26,6,7,7,7,slower,2,2,no,primes by concurrency,fork\r\n");
}

}  // namespace
}  // namespace runoff
