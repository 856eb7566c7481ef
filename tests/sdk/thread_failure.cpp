#include "runoff/scheduling/thread_failure.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>
#include <vector>

namespace runoff {
namespace {

TEST(ThreadFailure, keeps_the_first_and_runs_no_task_after_it) {
  ThreadFailure failure;
  failure.guard([] { throw std::runtime_error("first"); });
  bool ran = false;
  failure.guard([&] { ran = true; });
  EXPECT_FALSE(ran);
  try {
    throw std::runtime_error("second");
  } catch (...) {
    failure.keep();
  }
  try {
    failure.rethrow();
    ADD_FAILURE() << "nothing was thrown";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "first");
  }
}

TEST(ThreadFailure, forgets_what_it_has_thrown) {
  ThreadFailure failure;
  failure.guard([] { throw 7; });
  EXPECT_THROW(failure.rethrow(), int);
  EXPECT_NO_THROW(failure.rethrow());
  bool ran = false;
  failure.guard([&] { ran = true; });
  EXPECT_TRUE(ran);
}

TEST(ThreadFailure, keeps_one_of_those_of_many_threads) {
  for (int round = 0; round < 200; ++round) {
    ThreadFailure failure;
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread)
      threads.emplace_back([&failure, thread] { failure.guard([thread] { throw thread; }); });
    threads.clear();
    EXPECT_THROW(failure.rethrow(), int);
    EXPECT_NO_THROW(failure.rethrow());
  }
}

}  // namespace
}  // namespace runoff
