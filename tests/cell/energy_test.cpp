#include "cell/energy.h"

#include <gtest/gtest.h>

#include "support/temporary.h"

namespace runoff::cell {
namespace {

/// As the kernel's powercap framework has its zones.
class Zones : public testing::Test {
 protected:
  void zone(const std::string& folder, const std::string& name, const std::string& energy) {
    std::filesystem::create_directories(root_ / folder);
    write_text(root_ / folder / "name", name + "\n");
    write_text(root_ / folder / "max_energy_range_uj", "1000000\n");
    write_text(root_ / folder / "energy_uj", energy + "\n");
  }
  TemporaryFolder temporary_;
  std::filesystem::path root_ = temporary_.path();
};

TEST_F(Zones, PackagesAreAddedUpAndNothingIsCountedTwice) {
  zone("intel-rapl:0", "package-0", "1000");
  zone("intel-rapl:0:0", "core", "500");
  zone("intel-rapl:1", "package-1", "40");
  zone("intel-rapl:2", "psys", "9000");
  const Energy energy(root_);
  EXPECT_EQ(energy.used(), 0);
  zone("intel-rapl:0", "package-0", "1700");
  zone("intel-rapl:0:0", "core", "900");
  zone("intel-rapl:1", "package-1", "42");
  zone("intel-rapl:2", "psys", "19000");
  EXPECT_EQ(energy.used(), 702);
}

TEST_F(Zones, ACountThatBeganAnewGoesOn) {
  zone("intel-rapl:0", "package-0", "999990");
  const Energy energy(root_);
  zone("intel-rapl:0", "package-0", "25");
  EXPECT_EQ(energy.used(), 35);
}

TEST_F(Zones, WhatCannotBeReadIsNotKnown) {
  EXPECT_EQ(Energy(root_ / "none").used(), std::nullopt);
  EXPECT_EQ(Energy(root_).used(), std::nullopt);
  zone("intel-rapl:0", "package-0", "17");
  zone("intel-rapl:1", "package-1", "for root alone");
  EXPECT_EQ(Energy(root_).used(), std::nullopt);
}

}  // namespace
}  // namespace runoff::cell
