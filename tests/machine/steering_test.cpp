#include "machine/steering.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>

namespace runoff {
namespace {

TEST(Steering, SortsVariablesByWhatTheySteer) {
  const std::array<const char*, 12> environment{
      "HOME=/root",       "OMP_NUM_THREADS=4",  "KMP_BLOCKTIME=0",      "TBB_VERSION=1",
      "LD_PRELOAD=a.so",  "LD_LIBRARY_PATH=/x", "MALLOC_ARENA_MAX=1=2", "OMPI_MCA_btl=self",
      "GLIBC_TUNABLES=g", "SLURM_JOB_ID=7",     "COMP_WORDS=OMP_X",     nullptr};
  const SteeringVariables found = find_steering(environment.data());
  EXPECT_EQ(found.of_one_runtime,
            (Pairs{{"OMP_NUM_THREADS", "4"}, {"KMP_BLOCKTIME", "0"}, {"TBB_VERSION", "1"}}));
  EXPECT_EQ(found.of_all_cells, (Pairs{{"LD_PRELOAD", "a.so"},
                                       {"MALLOC_ARENA_MAX", "1=2"},
                                       {"OMPI_MCA_btl", "self"},
                                       {"GLIBC_TUNABLES", "g"}}));
  EXPECT_EQ(found.of_the_place, (Pairs{{"LD_LIBRARY_PATH", "/x"}, {"SLURM_JOB_ID", "7"}}));
}

TEST(Steering, WhatIsTakenOutIsGoneAndNothingElse) {
  ::setenv("OMP_NUM_THREADS", "4", 1);
  ::setenv("MALLOC_ARENA_MAX", "1", 1);
  take_out({{"OMP_NUM_THREADS", "4"}});
  EXPECT_EQ(std::getenv("OMP_NUM_THREADS"), nullptr);
  EXPECT_STREQ(std::getenv("MALLOC_ARENA_MAX"), "1");
  ::unsetenv("MALLOC_ARENA_MAX");
}

}  // namespace
}  // namespace runoff
