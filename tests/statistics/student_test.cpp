#include "statistics/student.h"

#include <gtest/gtest.h>

namespace runoff {
namespace {

// Table of the NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2.
TEST(Student, PublishedTable) {
  for (int times = 0; times < 2; ++times) {
    EXPECT_NEAR(student_above(1, 0.025), 12.706, 5e-4);
    EXPECT_NEAR(student_above(5, 0.05), 2.015, 5e-4);
    EXPECT_NEAR(student_above(5, 0.025), 2.571, 5e-4);
    EXPECT_NEAR(student_above(29, 0.001), 3.396, 5e-4);
    EXPECT_NEAR(student_above(29, 0.1), 1.311, 5e-4);
  }
}

TEST(Student, OfManyNumbersOfDegreesNoneIsMistakenForAnother) {
  for (int times = 0; times < 2; ++times)
    for (int i = 0; i < 12'000; ++i)
      EXPECT_GT(student_above(2 + i * 1e-3, 0.025), student_above(2 + (i + 1) * 1e-3, 0.025));
}

}  // namespace
}  // namespace runoff
