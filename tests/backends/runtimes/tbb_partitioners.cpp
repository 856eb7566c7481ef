#include <gtest/gtest.h>

#include "module.h"
#include "workloads.h"

namespace {

std::size_t ranges(const std::string& partitioner, unsigned workers, std::size_t tasks) {
  const Tasks workload(tasks);
  Running running(workload, workers, {{"partitioner", partitioner}});
  running.execute();
  return workload.ranges();
}

}  // namespace

TEST(Tbb, SimpleCutsDownToSingleTasks) { EXPECT_EQ(ranges("simple", 2, 1000), 1000u); }

TEST(Tbb, StaticCutsOneRangeForEachWorker) {
  EXPECT_EQ(ranges("static", 1, 1000), 1u);
  EXPECT_EQ(ranges("static", 4, 1000), 4u);
}

TEST(Tbb, AutoCutsMoreRangesThanWorkersAndFewerThanTasks) {
  const std::size_t found = ranges("auto", 2, 1'000'000);
  EXPECT_GT(found, 2u);
  EXPECT_LT(found, 10'000u);
}

TEST(Tbb, AutoIsTheDefault) {
  const Tasks workload(1000);
  Running running(workload, 1);
  running.execute();
  EXPECT_EQ(workload.ranges(), ranges("auto", 1, 1000));
  EXPECT_NE(workload.ranges(), ranges("affinity", 1, 1000));
  EXPECT_NE(workload.ranges(), ranges("static", 1, 1000));
}

// With the partitioner of the last execution, tasks go where they ran then; with a new one, wherever they are
// stolen.
TEST(Tbb, AffinityReplaysTheLastExecution) {
  const auto repeated = [](const std::string& partitioner) {
    const Tasks workload(64, [](std::size_t) { ::usleep(500); });
    Running running(workload, 8, {{"partitioner", partitioner}});
    running.execute();
    std::size_t same = 0;
    for (int execution = 0; execution < 30; ++execution) {
      const auto before = workload.threads();
      running.execute();
      for (std::size_t task = 0; task < before.size(); ++task)
        same += workload.threads()[task] == before[task];
    }
    return static_cast<double>(same) / (30 * 64);
  };
  const double with = repeated("affinity");
  const double without = repeated("simple");
  EXPECT_GT(with, 2 * without);
}
