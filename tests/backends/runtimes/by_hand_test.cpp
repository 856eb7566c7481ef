// by_hand_test MODULE: a comparison by hand is worth something only where its answers are right.

#include "by_hand.h"

#include <dlfcn.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <memory>
#include <numeric>
#include <vector>

namespace {

decltype(&by_hand_program) make = nullptr;

TEST(ByHand, SumsThePrimes) {
  for (const unsigned workers : {1u, 2u, 8u}) {
    const std::unique_ptr<by_hand::Program> program(make(workers));
    std::vector<std::uint64_t> sums(143);
    const by_hand::Primes primes{100'000, 700, sums};  // the last block is a short one
    ASSERT_EQ(primes.blocks(), sums.size());
    program->run(primes);
    EXPECT_EQ(std::accumulate(sums.begin(), sums.end(), std::uint64_t{0}), 454396537u);
  }
}

TEST(ByHand, ComputesTheTriad) {
  for (const unsigned workers : {1u, 2u, 8u}) {
    const std::unique_ptr<by_hand::Program> program(make(workers));
    const std::size_t size = 10'007;
    std::vector<double> a(size), b(size), c(size);
    std::iota(b.begin(), b.end(), 1);
    std::iota(c.begin(), c.end(), 100'000);
    program->run(by_hand::Triad{a, b, c, 64});
    for (std::size_t i = 0; i < size; ++i) {
      const std::int64_t expected =
          static_cast<std::int64_t>(i) + 1 + 3 * (static_cast<std::int64_t>(i) + 100'000);
      ASSERT_EQ(a[i], static_cast<double>(expected)) << i;
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  void* module = argc == 2 ? ::dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : nullptr;
  make = module == nullptr ? nullptr : reinterpret_cast<decltype(make)>(::dlsym(module, "by_hand_program"));
  if (make == nullptr) {
    std::fprintf(stderr, "usage: by_hand_test MODULE\n");
    return 2;
  }
  return RUN_ALL_TESTS();
}
