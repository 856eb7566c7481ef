#include "runoff/random.h"

#include <gtest/gtest.h>

// The reference implementation's first numbers for this seed, as published with it.
TEST(Random, IsSplitMix64) {
  const std::uint64_t expected[] = {6457827717110365317u, 3203168211198807973u, 9817491932198370423u,
                                    4593380528125082431u, 16408922859458223821u};
  for (std::uint64_t i = 0; i < std::size(expected); ++i)
    EXPECT_EQ(runoff::splitmix64(1234567, i), expected[i]);
}
