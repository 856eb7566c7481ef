#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <vector>

#include "cell/witness.h"
#include "runoff/memory.h"
#include "runoff/recursion/frontier.h"
#include "runoff/recursion/job_stacks.h"
#include "runoff/recursive.h"
#include "runoff/task_groups.h"

namespace runoff::cell {
namespace {

// A witnessed workload is to differ from the one inside in nothing but what it counts. The compiler does not
// say when it leaves out a virtual function that has a default.

/// Overrides only what has no default.
struct PlainLoop : Independent {
  std::size_t tasks() const override { return 0; }
  ResultLayout result() const override { return {}; }
  Check check(Results) const override { return {}; }
  void run(Range, Results) const override {}
};
struct PlainGraph : Dependent {
  std::size_t tasks() const override { return 0; }
  std::size_t slots() const override { return 0; }
  ResultLayout result() const override { return {}; }
  Check check(Results) const override { return {}; }
  std::size_t steps() const override { return 0; }
  std::size_t width(std::size_t) const override { return 0; }
  std::size_t slot(std::size_t, std::size_t) const override { return 0; }
  std::span<const Interval> dependencies(std::size_t, std::size_t) const override { return {}; }
  std::span<const Interval> dependents(std::size_t, std::size_t) const override { return {}; }
  void run(std::size_t, std::size_t, Results) const override {}
};
struct PlainRecursion : Recursive {
  ResultLayout result() const override { return {}; }
  Check check(Results) const override { return {}; }
  void solve(Results) const override {}
  void solve(TaskGroups&, Results) const override {}
  JobLayout job() const override { return {}; }
  void work(JobStacks&, unsigned, Results) const override {}
  std::unique_ptr<Frontier> frontier(FrontierLimits) const override { return nullptr; }
};

using Address = const void*;
Address const* table_of(const Workload& workload) {
  return *reinterpret_cast<Address const* const*>(&workload);
}

/// A function of its own behind all virtual functions of the base: it shows where they end.
template <class Plain>
struct Ended : Plain {
  virtual int end() const { return 7; }
};

/// How many the base has. The first word of a pointer to a virtual function is its distance from the table's
/// beginning, and one more on most processors (Itanium C++ ABI, 2.3).
template <class Plain>
std::size_t virtual_functions() {
  const auto end = &Ended<Plain>::end;
  std::uintptr_t distance = 0;
  std::memcpy(&distance, &end, sizeof(distance));
  return distance / sizeof(Address);
}

/// The virtual functions of `Plain`'s shape, as places in the table, that are the same in the witnessed
/// workload. The first two are destructors, which nothing forwards: where they do the same, they are one.
template <class Plain>
std::vector<std::size_t> left_as_they_are() {
  Memory memory = Memory::create();
  Witness witness(memory, 1, {});
  Plain plain;
  const auto outer = witnessed(plain, witness);
  std::vector<std::size_t> same;
  for (std::size_t place = 2; place < virtual_functions<Plain>(); ++place)
    if (table_of(*outer)[place] == table_of(plain)[place]) same.push_back(place);
  return same;
}

// Behind the destructors comes `shape`, which is final.
const std::vector<std::size_t> only_the_shape{2};

TEST(Witnessed, ForwardsEveryVirtualFunctionOfALoop) {
  EXPECT_EQ(left_as_they_are<PlainLoop>(), only_the_shape);
}
TEST(Witnessed, ForwardsEveryVirtualFunctionOfAGraph) {
  EXPECT_EQ(left_as_they_are<PlainGraph>(), only_the_shape);
}
TEST(Witnessed, ForwardsEveryVirtualFunctionOfARecursion) {
  EXPECT_EQ(left_as_they_are<PlainRecursion>(), only_the_shape);
}
TEST(Witnessed, IsComparedWithAllOfThem) {
  // Fewer would mean that their end is taken for another place.
  EXPECT_GE(virtual_functions<PlainLoop>(), 20U);
  EXPECT_GE(virtual_functions<PlainGraph>(), 20U);
  EXPECT_GE(virtual_functions<PlainRecursion>(), 19U);
}

}  // namespace
}  // namespace runoff::cell
