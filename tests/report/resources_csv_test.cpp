#include "report/resources_csv.h"

#include <gtest/gtest.h>

#include "folder.h"

namespace runoff {
namespace {

TEST(ResourcesCsv, MediansOverSamplesAndNothingOfWhatIsKeptOut) {
  std::vector<Sample> all = samples("tbb", 2, {10, 30, 20});
  for (Sample& sample : all) {
    sample.cpu_ns = *sample.wall_ns * 2;
    sample.peak_memory_bytes = sample.sample == 1 ? Sample::Number() : 1000 + sample.sample;
  }
  std::vector<Sample> lost = constant("mpi", 2, 5, 2);
  lost[1].status = Status::crashed;
  LoadedRun run;
  run.samples = all + lost;
  const Names names(run.samples);
  EXPECT_EQ(
      resources_csv(Findings(run, names), names),
      "workload,parameters,backend,variant,workers,n,wall_ns,cpu_ns,cold_ns,startup_ns,peak_memory_bytes,"
      "voluntary_switches,involuntary_switches,problem,label\r\n"
      "primes,n=1000,tbb,,2,3,20,40,,,1001,,,primes,tbb\r\n");
}

}  // namespace
}  // namespace runoff
