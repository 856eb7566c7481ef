// The kit as a program of its own uses it: this links runoff::scheduling alone, which shows it no other
// header.

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <set>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "runoff/scheduling/lanes.h"
#include "runoff/scheduling/team.h"
#include "runoff/scheduling/thread_team.h"

namespace {

constexpr std::size_t width = 13, steps = 200;

/// Pascal's triangle, modulo 2^64, on a ring: each point adds two points of the step before.
struct Triangle {
  struct Needs {
    std::uint16_t first, last;
  };
  std::size_t steps() const { return ::steps; }
  std::size_t width(std::size_t) const { return ::width; }
  std::vector<Needs> dependencies(std::size_t step, std::size_t point) const {
    if (step == 0) return {};
    const auto here = static_cast<std::uint16_t>(point);
    if (point == 0) return {{0, 0}, {::width - 1, ::width - 1}};
    return {{static_cast<std::uint16_t>(here - 1), here}};
  }
  void run(std::size_t step, std::size_t point) const {
    auto& rows = *values;
    rows[step][point] =
        step == 0 ? point + 1 : rows[step - 1][point] + rows[step - 1][(point + ::width - 1) % ::width];
  }

  using Rows = std::vector<std::array<std::uint64_t, ::width>>;
  Rows* values;
};

TEST(Kit, RunsAGraphOfItsUsersOnThreads) {
  Triangle::Rows expected(steps), found(steps);
  for (std::size_t step = 0; step < steps; ++step)
    for (std::size_t point = 0; point < width; ++point) Triangle{&expected}.run(step, point);
  for (const unsigned workers : {1u, 2u, 5u}) {
    runoff::LanesBlock block{};
    std::vector<runoff::LaneBlock> lanes(workers);
    runoff::Lanes graph(Triangle{&found}, block, lanes, runoff::Scope::threads);
    for (int execution = 0; execution < 3; ++execution) {
      found.assign(steps, {});
      graph.reset();
      std::vector<std::jthread> threads;
      for (unsigned worker = 1; worker < workers; ++worker)
        threads.emplace_back([&graph, worker] { graph.run(worker); });
      graph.run(0);
      threads.clear();
      ASSERT_EQ(found, expected) << workers << " workers";
    }
  }
}

TEST(Kit, SharesALoopAmongThreadsOfItsOwn) {
  for (const unsigned workers : {1u, 2u, 5u}) {
    thread_local bool here = false;
    here = false;
    std::vector<std::thread::id> threads(workers);
    std::atomic<std::uint64_t> sum{0};
    {
      runoff::ThreadTeam team(
          workers,
          [&sum](runoff::Range numbers) {
            EXPECT_TRUE(here) << "a worker took part before it came in";
            for (std::size_t number = numbers.first; number < numbers.last; ++number) {
              if (number == 2000) throw std::runtime_error("too much");
              sum += number;
            }
          },
          [&threads](unsigned worker) {
            here = true;
            threads.at(worker) = std::this_thread::get_id();
          });
      EXPECT_EQ(threads.front(), std::this_thread::get_id()) << "the caller leads";
      for (int execution = 0; execution < 100; ++execution) team.lead(1001);
      EXPECT_EQ(sum.exchange(0), 100u * 500'500u) << workers << " workers";
      EXPECT_THROW(team.lead(2001), std::runtime_error);
      sum = 0;
      team.lead(1001);
    }
    EXPECT_EQ(sum, 500'500u) << "after a task has thrown";
    EXPECT_EQ(std::set(threads.begin(), threads.end()).size(), workers) << "each is a thread of its own";
  }
}

/// What a team of processes needs to carry a failure; here none comes.
struct NoFailure {
  void keep() {}
  void rethrow() {}
};

TEST(Kit, NamesTheLimitsInWhichAThreadMayFindNoRoom) {
  const auto again = std::make_error_code(std::errc::resource_unavailable_try_again);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_DATA, &before), 0);
  const rlimit wide{std::min<rlim_t>(rlim_t{1} << 40, before.rlim_max), before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_DATA, &wide), 0);
  const std::string told = runoff::cannot_start_worker(2, 3, again).what();
  EXPECT_TRUE(told.starts_with("cannot start worker 2 of 3 (ulimit -")) << told;
  EXPECT_NE(told.find("ulimit -d is " + std::to_string(wide.rlim_cur / 1024) + "): "), told.npos) << told;
  const auto denied = std::make_error_code(std::errc::permission_denied);
  EXPECT_EQ(std::string(runoff::cannot_start_worker(2, 3, denied).what()).find("ulimit"), std::string::npos);
  ::setrlimit(RLIMIT_DATA, &before);
}

TEST(Kit, SharesALoopAmongProcessesThatItsUserForks) {
  struct Shared {
    runoff::TeamBlock block;
    std::atomic<std::uint64_t> sum;
  };
  void* memory = ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(memory, MAP_FAILED);
  auto& shared = *static_cast<Shared*>(memory);
  const auto add = [&shared](runoff::Range numbers) {
    for (std::size_t number = numbers.first; number < numbers.last; ++number) shared.sum += number;
  };
  NoFailure failure;
  runoff::Team team(shared.block, 3, runoff::Scope::processes);
  std::array<pid_t, 2> children{};
  for (pid_t& child : children)
    if ((child = ::fork()) == 0) {
      team.serve(add, failure);
      ::_exit(0);
    }
  for (int execution = 0; execution < 100; ++execution) team.lead(1001, add, failure);
  team.end();
  for (const pid_t child : children) {
    int status = -1;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  EXPECT_EQ(shared.sum.load(), 100u * 500'500u);
  ::munmap(memory, sizeof(Shared));
}

}  // namespace
