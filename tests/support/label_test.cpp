#include "support/label.h"

#include <gtest/gtest.h>

namespace runoff {
namespace {

TEST(CellLabel, NamesParametersAndVariantWhereThereAreSome) {
  EXPECT_EQ(cell_label("primes", "", "serial", "", 1), "primes/serial/workers:1");
  EXPECT_EQ(cell_label("primes", "n=1000;grain=2", "tbb", "partitioner=auto;grain=1", 12),
            "primes/n:1000/grain:2/tbb/partitioner:auto/grain:1/workers:12");
}

TEST(CellLabel, LeavesValuesAsTheyAre) {
  EXPECT_EQ(cell_label("fetch", "url=http://a/?b=c;n=", "tbb", "", 1),
            "fetch/url:http://a/?b=c/n:/tbb/workers:1");
}

}  // namespace
}  // namespace runoff
