#include <gtest/gtest.h>

#include <ostream>

#include "driven.h"

// What every workload promises: its own right results pass its check, in whatever order and ranges its tasks
// ran; a result that is missing, damaged or in another's place does not.

namespace {

using runoff::testing::Driven;
using runoff::testing::Given;

struct Case {
  std::string workload;
  Given given;
  std::size_t tasks;
};

std::ostream& operator<<(std::ostream& stream, const Case& one) {
  stream << one.workload;
  for (const auto& [name, value] : one.given) stream << " " << name << "=" << value;
  return stream;
}

class EveryWorkload : public ::testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    if (!runoff::testing::is_built(GetParam().workload)) GTEST_SKIP() << "not built here";
    driven_.emplace(GetParam().workload, GetParam().given);
  }

  /// Looks at a check of damaged results: wrong, and a line that says what.
  void expect_wrong(const std::string& damage) {
    const runoff::Check check = driven_->check();
    EXPECT_FALSE(check.right) << damage;
    EXPECT_GT(check.why.size(), 15u) << damage;
    EXPECT_NE(check.why.find_first_of("0123456789"), std::string::npos) << "names no place: " << check.why;
    EXPECT_EQ(check.why.find('\n'), std::string::npos) << check.why;
  }

  std::optional<Driven> driven_;
};

TEST_P(EveryWorkload, IsRightInAnyOrder) {
  EXPECT_EQ(driven_->workload().tasks(), GetParam().tasks);
  EXPECT_GE(driven_->workload().slots(), GetParam().tasks);
  for (unsigned seed = 0; seed < 3; ++seed) {
    driven_->poison();
    driven_->run_shuffled(seed);
    const runoff::Check check = driven_->check();
    ASSERT_TRUE(check.right) << check.why;
  }
}

TEST_P(EveryWorkload, IsMadeTheSameInEveryProcess) {
  Driven other(GetParam().workload, GetParam().given);
  driven_->run_shuffled(1);
  other.run_shuffled(2);
  for (std::size_t slot = 0; slot < GetParam().tasks; ++slot) other.swap_slots(slot, slot);
  EXPECT_TRUE(other.check().right);
  // Results of one are right for the other: copy them over.
  std::memcpy(other.results().all().data(), driven_->results().all().data(), other.results().all().size());
  EXPECT_TRUE(other.check().right) << other.check().why;
}

TEST_P(EveryWorkload, NoticesThatNothingRan) {
  if (GetParam().tasks == 0) {
    EXPECT_TRUE(driven_->check().right);
    return;
  }
  expect_wrong("no task ran");
}

TEST_P(EveryWorkload, NoticesOneMissingTask) {
  if (GetParam().tasks == 0) return;
  // Zeros can be a right result (0², the primes from 0 to 1), so these are not among the bytes.
  for (const unsigned char byte : {0xA5, 0xFF, 0x7F})
    for (const std::size_t slot : {std::size_t{0}, GetParam().tasks / 2, GetParam().tasks - 1}) {
      driven_->run_shuffled();
      driven_->poison_slot(slot, byte);
      expect_wrong("slot " + std::to_string(slot) + " is full of " + std::to_string(byte));
    }
}

TEST_P(EveryWorkload, NoticesTasksThatNeverWrote) {
  if (GetParam().tasks < 2) return;
  driven_->run_shuffled();
  for (std::size_t slot = 1; slot < GetParam().tasks; slot += 2) driven_->poison_slot(slot, 0);
  expect_wrong("every other slot is zero");
}

TEST_P(EveryWorkload, NoticesSwappedResults) {
  if (GetParam().tasks < 2) return;
  driven_->run_shuffled();
  driven_->swap_slots(0, 1);
  expect_wrong("the first two are swapped");
  driven_->swap_slots(0, 1);
  EXPECT_TRUE(driven_->check().right) << driven_->check().why;
}

TEST_P(EveryWorkload, NoticesOneResultInAllPlaces) {
  if (GetParam().tasks < 2) return;
  driven_->run_shuffled();
  const auto first = driven_->results().bytes(0);
  for (std::size_t slot = 1; slot < GetParam().tasks; ++slot)
    std::copy(first.begin(), first.end(), driven_->results().bytes(slot).begin());
  expect_wrong("all are the first");
}

TEST_P(EveryWorkload, NoticesOneWrongBit) {
  if (GetParam().tasks == 0) return;
  for (const std::size_t slot : {std::size_t{0}, GetParam().tasks - 1}) {
    driven_->run_shuffled();
    driven_->results().bytes(slot)[0] ^= std::byte{1};
    expect_wrong("one bit of slot " + std::to_string(slot));
  }
}

INSTANTIATE_TEST_SUITE_P(
    , EveryWorkload,
    ::testing::Values(
        Case{"primes", {{"n", "0"}}, 0}, Case{"primes", {{"n", "1"}}, 1},
        Case{"primes", {{"n", "30"}, {"grain", "3"}}, 10},
        Case{"primes", {{"n", "10007"}, {"grain", "100"}}, 101}, Case{"letters", {{"size", "1KiB"}}, 26},
        Case{"letters", {{"size", "1001B"}, {"rounds", "30"}}, 26}, Case{"mandelbrot", {{"height", "0"}}, 0},
        Case{"mandelbrot", {{"width", "8"}, {"height", "6"}, {"limit", "20"}}, 6},
        Case{"mandelbrot", {{"width", "33"}, {"height", "50"}, {"limit", "300"}}, 50},
        Case{"matmul", {{"n", "0"}}, 0}, Case{"matmul", {{"n", "1"}}, 1},
        Case{"matmul", {{"n", "16"}, {"rows", "4"}}, 4}, Case{"matmul", {{"n", "67"}, {"rows", "5"}}, 14},
        Case{"matmul", {{"n", "150"}, {"rows", "8000"}}, 1}, Case{"image-resize", {{"images", "0"}}, 0},
        Case{"image-resize", {{"images", "7"}, {"width", "150"}, {"height", "131"}}, 7},
        Case{"image-resize", {{"images", "2"}, {"width", "200"}, {"height", "128"}, {"percent", "200"}}, 2},
        Case{"stream", {{"n", "0"}}, 0}, Case{"stream", {{"n", "1"}}, 1},
        Case{"stream", {{"n", "1000"}, {"grain", "8"}}, 125},
        Case{"stream", {{"n", "100001"}, {"grain", "4096"}}, 25},
        Case{"stream", {{"kernel", "copy"}, {"n", "100001"}, {"grain", "4096"}}, 25},
        Case{"stream", {{"kernel", "mul"}, {"n", "100001"}, {"grain", "4096"}}, 25},
        Case{"stream", {{"kernel", "add"}, {"n", "100001"}, {"grain", "4096"}}, 25},
        Case{"stream", {{"kernel", "dot"}, {"n", "100001"}, {"grain", "4096"}}, 25},
        Case{"reduce", {{"n", "1"}}, 1}, Case{"reduce", {{"n", "1000"}, {"grain", "1"}}, 1000},
        Case{"reduce", {{"n", "100001"}, {"grain", "4095"}}, 25}, Case{"sleep", {{"tasks", "0"}}, 0},
        Case{"sleep", {{"duration", "0ns"}}, 10}, Case{"sleep", {{"tasks", "4"}, {"duration", "1ms"}}, 4},
        Case{"hybrid", {{"tasks", "0"}}, 0},
        Case{"hybrid", {{"tasks", "9"}, {"cpu-share", "60"}, {"work", "500"}, {"duration", "0ns"}}, 9}));

}  // namespace
