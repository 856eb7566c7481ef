#include "explain/explanations_csv.h"

#include <gtest/gtest.h>

#include <fstream>

#include "support/errors.h"
#include "support/temporary_folder.h"

namespace runoff {
namespace {

Explanation made_up() {
  Explanation one{.workload = "primes",
                  .parameters = "n=10;grain=2",
                  .bound = "cpu",
                  .shape = "independent",
                  .backend = "tbb",
                  .variant = "partitioner=auto",
                  .workers = 2,
                  .analysis = {},
                  .executions = 7,
                  .dropped = 3,
                  .slowdown = 1.0625,
                  .to_compared = 0.5};
  one.analysis.wall_ns = 123456;
  one.analysis.seen = true;
  one.analysis.parts.useful = 200000;
  one.analysis.parts.imbalance = 46912;
  one.analysis.timeline = {"0099", "99w0"};
  one.cause = "imbalance";
  one.sentence = "tbb says \"no\", and waits";
  return one;
}

TEST(ExplanationsCsv, IsReadAsItWasWritten) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "explain.csv";
  std::ofstream(file, std::ios::binary) << explanations_csv(std::vector{made_up()});
  const auto all = read_explanations(file);
  ASSERT_EQ(all.size(), 1U);
  const Explanation& one = all.front();
  EXPECT_EQ(one.parameters, "n=10;grain=2");
  EXPECT_EQ(one.workers, 2);
  EXPECT_DOUBLE_EQ(one.analysis.wall_ns, 123456);
  EXPECT_DOUBLE_EQ(one.analysis.parts.sum(), 246912);
  EXPECT_DOUBLE_EQ(one.slowdown, 1.0625);
  EXPECT_FALSE(one.analysis.task_wait_ns.has_value());
  EXPECT_EQ(one.analysis.timeline, made_up().analysis.timeline);
  EXPECT_EQ(one.sentence, made_up().sentence);
}

TEST(ExplanationsCsv, WhatIsNoneOrDamagedIsMadeAnew) {
  const TemporaryFolder folder;
  EXPECT_TRUE(read_explanations(folder.path() / "explain.csv").empty());
  EXPECT_EQ(damage_of_explanations(folder.path() / "explain.csv"), "");
  std::ofstream(folder.path() / "explain.csv") << "a\"b\nc\n";
  EXPECT_TRUE(read_explanations(folder.path() / "explain.csv").empty());
  EXPECT_NE(damage_of_explanations(folder.path() / "explain.csv"), "");
  std::filesystem::remove(folder.path() / "explain.csv");
  std::filesystem::create_symlink("/proc/self/mem", folder.path() / "explain.csv");  // an error of the disk
  EXPECT_THROW(read_explanations(folder.path() / "explain.csv"), MachineError);
  EXPECT_NE(damage_of_explanations(folder.path() / "explain.csv"), "");
}

TEST(ExplanationsCsv, WordsWhereNumbersBelongAreNamed) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "explain.csv";
  std::ofstream(file) << "workload,workers,wall_ns\nprimes,two,5\n";
  EXPECT_EQ(damage_of_explanations(file), "row 2: column workers: 'two' is no whole number");
  std::ofstream(file) << "workload,workers,wall_ns\nprimes,2,5 ms\n";
  EXPECT_EQ(damage_of_explanations(file), "row 2: column wall_ns: '5 ms' is no number");
  std::ofstream(file) << "workload,workers,wall_ns\nprimes,2,5\n";
  EXPECT_EQ(damage_of_explanations(file), "");
  ASSERT_EQ(read_explanations(file).size(), 1U);
}

}  // namespace
}  // namespace runoff
