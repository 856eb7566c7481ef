#include "report/experiments_text.h"

#include <gtest/gtest.h>

#include "report/folder.h"

namespace runoff {
namespace {

TEST(ExperimentsText, MeasuredAndPublishedFiguresSideBySide) {
  const std::vector<MadeAgain> experiments{
      {"a1",
       "sums are made",
       "the more the better",
       {{"primes", "n=1000", "tbb", "", 2, "4 s"}, {"primes", "n=1000", "fork", "", 2, ""}}}};
  const std::vector<Cell> cells = gather_cells(constant("tbb", 2, 2'000'000));
  EXPECT_EQ(experiments_text(experiments, cells, Page()),
            "Published experiments, made again\n"
            "      backend  workers          here  95 % interval      published\n"
            "  a1  sums are made; published: the more the better\n"
            "      tbb            2       2.00 ms  2.00 ms – 2.00 ms  4 s\n"
            "      fork           2  not measured\n\n");
}

TEST(ExperimentsText, StandInTheEnvironment) {
  const Folder folder;
  folder.write("samples.csv", csv_of(constant("tbb", 2, 1000)));
  folder.write(
      "environment.json",
      R"({"experiments": [{"experiment": "a1", "about": "x", "says": "", "rows": [{"workload": "primes",
                   "parameters": "n=1000", "backend": "tbb", "variant": "", "workers": 2, "published": "4 s"}]}]})");
  const LoadedRun run = load_run(folder.path());
  ASSERT_EQ(run.experiments.size(), 1U);
  EXPECT_EQ(run.experiments[0].rows.at(0).workers, 2);
  EXPECT_EQ(run.experiments[0].rows[0].published, "4 s");
}

}  // namespace
}  // namespace runoff
