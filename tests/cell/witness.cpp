#include "cell/witness.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>
#include <thread>

#include "runoff/memory.h"

namespace runoff::cell {
namespace {

TEST(Witness, counts_tasks_and_distinct_threads_since_the_last_look) {
  Memory memory = Memory::create();
  Witness witness(memory, 3, {});
  for (int round = 0; round < 3; ++round) {
    std::vector<std::jthread> workers;
    for (std::size_t tasks : {1, 20, 300}) workers.emplace_back([&witness, tasks] { witness.begun(tasks); });
    workers.clear();
    const Seen seen = witness.look();
    EXPECT_EQ(seen.tasks, 321u);
    EXPECT_EQ(seen.workers, 3u);
  }
  EXPECT_EQ(witness.look().workers, 0u);
}

TEST(Witness, knows_a_loop_from_its_parts_in_any_order) {
  Memory memory = Memory::create();
  Witness witness(memory, 2, {});
  const auto seen_of = [&witness](std::vector<Range> ranges) {
    for (const Range range : ranges)
      std::jthread([&witness, range] {
        witness.begun(range.size());
        witness.ended(mark_of(range));
      });
    return witness.look();
  };
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(seen_of({{40, 100}, {0, 39}, {39, 40}}).which, mark_of({0, 100}));
    EXPECT_EQ(seen_of({}).which, mark_of({0, 0}));
    // As many tasks, and the same sum of their numbers, but not each once.
    for (const auto& ranges :
         std::vector<std::vector<Range>>{{{0, 50}, {0, 50}},
                                         {{25, 75}, {25, 75}},
                                         {{1, 101}},
                                         {{0, 10}, {11, 89}, {10, 11}, {50, 51}, {90, 100}}}) {
      const Seen seen = seen_of(ranges);
      EXPECT_EQ(seen.tasks, 100u);
      EXPECT_NE(seen.which, mark_of({0, 100}));
    }
  }
}

TEST(Witness, what_began_counts_at_once_and_what_ended_when_it_has) {
  Memory memory = Memory::create();
  Witness witness(memory, 2, {});
  witness.begun(7);
  Seen seen = witness.look();
  EXPECT_EQ(seen.tasks, 7u);
  EXPECT_EQ(seen.workers, 1u);
  EXPECT_EQ(seen.which, 0u);
  witness.ended(mark_of({0, 7}));
  seen = witness.look();
  EXPECT_EQ(seen.tasks, 0u);
  EXPECT_EQ(seen.workers, 0u);  // it began nothing
  EXPECT_EQ(seen.which, mark_of({0, 7}));
}

TEST(Witness, marks_of_the_tasks_of_a_graph_differ_from_each_other) {
  std::set<std::uint64_t> marks;
  for (std::size_t step = 0; step < 60; ++step)
    for (std::size_t point = 0; point < 60; ++point) marks.insert(mark_of(step, point));
  EXPECT_EQ(marks.size(), 3600u);
}

TEST(Witness, tells_of_a_worker_that_changed_how_the_system_treats_it) {
  Memory memory = Memory::create();
  Witness witness(memory, 1, {});
  // In a process of its own, as an unprivileged one cannot take this back.
  const pid_t child = ::fork();
  if (child == 0) {
    witness.begun(1);
    witness.look();
    const bool well = witness.breach(true).empty();
    ::setpriority(PRIO_PROCESS, 0, ::getpriority(PRIO_PROCESS, 0) + 1);
    witness.begun(1);
    witness.look();
    ::_exit(well && witness.breach(true).starts_with("a worker has nice level") ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

TEST(Witness, tells_of_a_thread_that_came_with_another_standing_and_has_gone) {
  Memory memory = Memory::create();
  Witness witness(memory, 1, {});
  std::thread([&witness] {
    const sched_param none{};
    ASSERT_EQ(::sched_setscheduler(0, SCHED_BATCH, &none), 0);
    witness.begun(1);
  }).join();
  witness.look();
  EXPECT_TRUE(witness.breach(true).starts_with("a worker has scheduling policy 3"));
  EXPECT_EQ(witness.breach(true), "");  // told once
}

TEST(Witness, a_forked_worker_is_another_worker) {
  Memory memory = Memory::create();
  Witness witness(memory, 2, {});
  witness.begun(1);
  const pid_t child = ::fork();
  if (child == 0) {
    witness.begun(10);
    ::_exit(0);
  }
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  const Seen seen = witness.look();
  EXPECT_EQ(seen.tasks, 11u);
  EXPECT_EQ(seen.workers, 2u);
}

TEST(Witness, an_attached_process_counts_into_the_same) {
  Memory memory = Memory::create();
  Witness witness(memory, 2, {});
  witness.begun(1);
  const pid_t child = ::fork();
  if (child == 0) {
    Memory attached = Memory::attach(::dup(memory.descriptor()));
    Witness other(attached, 2, {});
    other.begun(5);
    ::_exit(0);
  }
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  EXPECT_EQ(witness.look().tasks, 6u);
}

TEST(Witness, never_runs_out_of_seats_for_workers_that_come_and_go) {
  Memory memory = Memory::create();
  Witness witness(memory, 1, {});
  for (int execution = 0; execution < 6000; ++execution) {
    std::thread([&witness] { witness.begun(2); }).join();
    const Seen seen = witness.look();
    ASSERT_EQ(seen.tasks, 2u);
    ASSERT_EQ(seen.workers, 1u);
  }
}

TEST(Witness, puts_workers_on_cores_in_turn) {
  cpu_set_t allowed;
  ASSERT_EQ(::sched_getaffinity(0, sizeof(allowed), &allowed), 0);
  std::vector<int> cores;
  for (int core = 0; core < CPU_SETSIZE && cores.size() < 2; ++core)
    if (CPU_ISSET(static_cast<std::size_t>(core), &allowed)) cores.push_back(core);
  Memory memory = Memory::create();
  Witness witness(memory, static_cast<unsigned>(cores.size()), cores);
  for (const int core : cores)
    std::thread([&] {
      witness.begun(1);
      cpu_set_t own;
      ::sched_getaffinity(0, sizeof(own), &own);
      EXPECT_EQ(CPU_COUNT(&own), 1);
      EXPECT_TRUE(CPU_ISSET(static_cast<std::size_t>(core), &own));
    }).join();
}

}  // namespace
}  // namespace runoff::cell
