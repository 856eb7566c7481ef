#include "report/names.h"

#include <gtest/gtest.h>

#include "statistics/series.h"

namespace runoff {
namespace {

Sample one(std::string parameters, std::string backend, std::string variant, std::int64_t workers) {
  Sample sample = samples(backend, workers, {1}).front();
  sample.parameters = std::move(parameters);
  sample.variant = std::move(variant);
  return sample;
}

TEST(Names, VariantAndWorkersArePartsOfABenchmarksName) {
  const std::vector<Sample> all{one("n=10;grain=2", "tbb", "partitioner=auto;grain=1", 2),
                                one("n=10;grain=2", "serial", "", 1)};
  const Names names(all);
  EXPECT_EQ(names.benchmark(all[0]), "primes/tbb/partitioner:auto/grain:1/workers:2");
  EXPECT_EQ(names.benchmark(all[1]), "primes/serial/workers:1");
}

TEST(Names, ParametersAreToldWhereTheyTakeSeveralValues) {
  const std::vector<Sample> all{one("n=10;grain=2", "serial", "", 1), one("n=1000;grain=2", "serial", "", 1)};
  const Names names(all);
  EXPECT_EQ(names.benchmark(all[0]), "primes/n:10/serial/workers:1");
  EXPECT_EQ(names.cell(gather_cells(all)[0]), "serial with 1 worker on primes n=10");
  EXPECT_EQ(names.problem("primes", "n=10;grain=2"), "primes n=10");
  EXPECT_EQ(names.problem("sleep", "n=10"), "sleep");
}

TEST(Names, VariantsAreToldWhereABackendHasSeveral) {
  const std::vector<Sample> all{one("", "tbb", "partitioner=auto", 2),
                                one("", "tbb", "partitioner=static", 2),
                                one("", "openmp", "schedule=dynamic", 2)};
  const Names names(all);
  EXPECT_EQ(names.backend("tbb", "partitioner=auto"), "tbb partitioner=auto");
  EXPECT_EQ(names.backend("openmp", "schedule=dynamic"), "openmp");
}

TEST(Names, AnOptionThatAppliesToOneShapeMakesNoOtherVariant) {
  std::vector<Sample> all{one("", "openmp", "schedule=dynamic", 2), one("", "openmp", "graph=barrier", 2)};
  all[0].shape = "independent";
  all[1].shape = "dependent";
  EXPECT_EQ(Names(all).backend("openmp", "schedule=dynamic"), "openmp");
}

TEST(Names, SpelledOut) {
  EXPECT_EQ(spelled("b=1;a=x=y;c="), " b=1 a=x=y c=");
  EXPECT_EQ(spelled(""), "");
}

}  // namespace
}  // namespace runoff
