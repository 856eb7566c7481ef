#include <gtest/gtest.h>

#include <filesystem>

#include "catalog/module.h"
#include "support/temporary.h"

namespace runoff {
namespace {

// A backend is given the workload's module of its own build, which lies in a folder of that name.
TEST(Builds, AWorkloadComesInThatOfTheBackend) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.path() / "uring");
  for (const char* file : {"fetch.so", "uring/fetch.so", "primes.so"}) write_text(folder.path() / file, "");
  WorkloadModule fetch, primes;
  fetch.name = "fetch";
  fetch.file = folder.path() / "fetch.so";
  primes.name = "primes";
  primes.file = folder.path() / "primes.so";
  BackendModule usual, uring, other;
  uring.compilation.build = "uring";
  other.compilation.build = "kqueue";

  EXPECT_EQ(fetch.file_for(usual), folder.path() / "fetch.so");
  EXPECT_EQ(fetch.name_for(usual), "fetch");
  EXPECT_EQ(fetch.file_for(uring), folder.path() / "uring" / "fetch.so");
  EXPECT_EQ(fetch.name_for(uring), "fetch, uring");
  // What has nothing that could be built otherwise has one build; so has what was never built so.
  EXPECT_EQ(primes.file_for(uring), primes.file);
  EXPECT_EQ(primes.name_for(uring), "primes");
  EXPECT_EQ(fetch.file_for(other), fetch.file);
}

}  // namespace
}  // namespace runoff
