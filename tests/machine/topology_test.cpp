#include "machine/topology.h"

#include <gtest/gtest.h>

#include "support/errors.h"

namespace runoff {
namespace {

using Cpus = std::vector<int>;

Cpus all(int count) {
  Cpus cpus;
  for (int cpu = 0; cpu < count; ++cpu) cpus.push_back(cpu);
  return cpus;
}

// The processors of a synthetic topology are numbered from one core to the next: those of core 0 are 0 and 1.
TEST(TopologyOrders, TwoPackagesWithSiblings) {
  const Topology machine = Topology::of("package:2 core:2 pu:2");
  EXPECT_EQ(machine.one_of_each_core_first(all(8)), (Cpus{0, 2, 4, 6, 1, 3, 5, 7}));
  EXPECT_EQ(machine.far_apart(all(8)), (Cpus{0, 4, 2, 6, 1, 5, 3, 7}));
  EXPECT_EQ(machine.close_together({7, 6, 5, 4, 3, 2, 1, 0}), (Cpus{0, 1, 2, 3, 4, 5, 6, 7}));
}

TEST(TopologyOrders, CachesWithinAPackageCount) {
  const Topology machine = Topology::of("package:1 l3:2 core:3 pu:1");
  EXPECT_EQ(machine.one_of_each_core_first(all(6)), (Cpus{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(machine.far_apart(all(6)), (Cpus{0, 3, 1, 4, 2, 5}));
}

TEST(TopologyOrders, OfTheAllowedProcessorsAlone) {
  // All of one core, and one of each of three cores in the other package.
  const Topology machine = Topology::of("package:2 core:4 pu:2");
  const Cpus allowed{0, 1, 9, 11, 12};
  EXPECT_EQ(machine.one_of_each_core_first(allowed), (Cpus{0, 9, 11, 12, 1}));
  EXPECT_EQ(machine.far_apart(allowed), (Cpus{0, 9, 11, 12, 1}));  // no sibling before the last core
  EXPECT_EQ(machine.close_together(allowed), (Cpus{0, 1, 9, 11, 12}));
}

TEST(TopologyOrders, AWrongDescriptionIsAnError) { EXPECT_THROW(Topology::of("bag:x"), MachineError); }

}  // namespace
}  // namespace runoff
