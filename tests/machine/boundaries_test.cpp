#include "machine/boundaries.h"

#include <gtest/gtest.h>

#include "machine/machine.h"

namespace runoff {
namespace {

using Found = std::vector<std::pair<unsigned, std::string>>;

Found named(const std::vector<Boundary>& boundaries) {
  Found found;
  for (const Boundary& one : boundaries) found.emplace_back(one.workers, one.name);
  return found;
}

/// 2 sockets of 4 memory nodes each, of 16 cores each, of 2 processors each.
Topology large() { return Topology::of("package:2 numa:4 core:16 pu:2"); }

TEST(Boundaries, OfOneProcessorOfEachCoreFirst) {
  const Topology machine = large();
  EXPECT_EQ(
      named(boundaries_of(machine, machine.one_of_each_core_first(machine.all_processors()))),
      (Found{{16, "one memory node"}, {64, "one socket"}, {128, "all cores"}, {256, "all processors"}}));
}

TEST(Boundaries, OfWorkersFarApartAreWhenEachPartHasOne) {
  const Topology machine = large();
  EXPECT_EQ(named(boundaries_of(machine, machine.far_apart(machine.all_processors()))),
            (Found{{2, "one in each socket"},
                   {8, "one in each memory node"},
                   {128, "all cores"},
                   {256, "all processors"}}));
}

TEST(Boundaries, OfWorkersCloseTogetherCountSiblings) {
  const Topology machine = large();
  EXPECT_EQ(named(boundaries_of(machine, machine.close_together(machine.all_processors()))),
            (Found{{2, "one core"}, {32, "one memory node"}, {128, "one socket"}, {256, "all processors"}}));
}

TEST(Boundaries, OfAMachineWithoutParts) {
  const Topology machine = Topology::of("package:1 core:6 pu:1");
  EXPECT_EQ(named(boundaries_of(machine, machine.all_processors())), (Found{{6, "all cores"}}));
}

TEST(Boundaries, AMemoryNodeThatIsASocketIsNamedOnce) {
  const Topology machine = Topology::of("package:2 numa:1 core:3 pu:1");
  EXPECT_EQ(named(boundaries_of(machine, machine.all_processors())),
            (Found{{3, "one socket"}, {6, "all cores"}}));
}

TEST(Boundaries, OfTheAllowedProcessorsAlone) {
  // Three cores of the first socket and one of the second one.
  const Topology machine = Topology::of("package:2 core:4 pu:2");
  EXPECT_EQ(named(boundaries_of(machine, machine.one_of_each_core_first({0, 1, 2, 4, 8}))),
            (Found{{3, "one socket"}, {4, "all cores"}, {5, "all processors"}}));
}

TEST(Boundaries, WithoutPlacesOnlyTheirNumber) {
  const Topology machine = large();
  EXPECT_EQ(named(boundaries_without_places(machine, machine.all_processors())),
            (Found{{128, "all cores"}, {256, "all processors"}}));
}

TEST(Boundaries, AQuotaIsTheLastOne) {
  const std::vector<Boundary> all{{16, "one memory node"}, {64, "one socket"}, {128, "all cores"}};
  EXPECT_EQ(named(boundaries_up_to(40, all)), (Found{{16, "one memory node"}, {40, "the quota"}}));
  EXPECT_EQ(named(boundaries_up_to(64, all)), (Found{{16, "one memory node"}, {64, "one socket"}}));
  EXPECT_EQ(named(boundaries_up_to(128, all)), named(all));
}

TEST(Machine, OfAnotherTopologyIsAllOfIt) {
  const Machine machine = look_at(Topology::of("package:2 core:2 pu:2"));
  EXPECT_FALSE(machine.here);
  EXPECT_EQ(machine.cores, 8U);
  EXPECT_EQ(machine.cpus, (std::vector<int>{0, 2, 4, 6, 1, 3, 5, 7}));
  EXPECT_GT(machine.memory_available, 0);
}

}  // namespace
}  // namespace runoff
