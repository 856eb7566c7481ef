#include <gtest/gtest.h>

#include <barrier>
#include <filesystem>
#include <regex>
#include <set>
#include <stdexcept>

#include "module.h"
#include "process.h"
#include "workloads.h"

TEST(EveryRuntime, RunsEachTaskExactlyOnce) {
  for (const auto& variant : variants())
    for (const unsigned workers : {1u, 2u, 8u})
      for (const std::size_t tasks : {0u, 1u, 3u, 1000u}) {
        const Tasks workload(tasks);
        Running running(workload, workers, variant);
        for (int execution = 1; execution <= 5; ++execution) {
          running.execute();
          for (std::size_t task = 0; task < tasks; ++task) {
            ASSERT_EQ(workload.runs(task), execution) << "task " << task << " of " << tasks;
            ASSERT_EQ(running.results().at<int>(task), static_cast<int>(task) + 1);
          }
        }
        ASSERT_LE(workload.workers(), workers);
      }
}

// As many tasks as workers, none of which ends before all have begun.
TEST(EveryRuntime, HasAsManyWorkersAsAskedFor) {
  for (const auto& variant : variants())
    for (const unsigned workers : {1u, 2u, 8u}) {
      std::barrier meeting(workers);
      const Tasks workload(workers, [&](std::size_t) { meeting.arrive_and_wait(); });
      Running running(workload, workers, variant);
      for (int execution = 0; execution < 3; ++execution) {
        running.execute();
        ASSERT_EQ(workload.workers(), workers);
      }
    }
}

TEST(EveryRuntime, HasAThousandWorkersWhenAskedFor) {
  std::barrier meeting(1000);
  const Tasks workload(1000, [&](std::size_t) { meeting.arrive_and_wait(); });
  Running running(workload, 1000);
  running.execute();
  EXPECT_EQ(workload.workers(), 1000u);
}

TEST(EveryRuntime, HasNoThreadBeyondItsWorkers) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "the thread sanitizer has a thread of its own";
#endif
  if (plugin().name == "glib-pool") GTEST_SKIP() << "GLib keeps a thread that makes others";
  // The caller is a worker, but for a pool that has it wait.
  static const std::set<std::string> pools{"asio-pool", "eigen-pool", "rayon"};
  const unsigned waiting = pools.contains(plugin().name) ? 1 : 0;
  for (const unsigned workers : {1u, 2u, 8u}) {
    const Tasks workload(100);
    {
      Running running(workload, workers);
      EXPECT_EQ(threads_now(), workers + waiting)
          << "start() makes them all, before a thread is placed on a core";
      running.execute();
      EXPECT_EQ(threads_now(), workers + waiting);
    }
    EXPECT_EQ(threads_now(), 1u) << "the destructor ends them";
  }
}

TEST(EveryRuntime, CarriesAnExceptionToTheCaller) {
  for (const auto& variant : variants())
    for (const unsigned workers : {1u, 2u, 8u}) {
      bool fail = true;
      const Tasks workload(10'000, [&](std::size_t task) {
        if (fail && task % 10 == 3) throw std::runtime_error("no luck");
      });
      Running running(workload, workers, variant);
      try {
        running.execute();
        ADD_FAILURE() << "nothing was thrown";
      } catch (const std::runtime_error& error) {
        EXPECT_STREQ(error.what(), "no luck");
      }
      int ended = 0;
      for (std::size_t task = 0; task < workload.tasks(); ++task) ended += workload.runs(task);
      EXPECT_LT(ended, 9000) << "the other tasks are dropped";
      fail = false;
      const int before = workload.runs(9999);
      running.execute();
      EXPECT_EQ(workload.runs(9999), before + 1) << "the next execution is whole again";
    }
}

TEST(EveryRuntime, CarriesWhateverATaskThrows) {
  const Tasks workload(100, [](std::size_t task) {
    if (task == 50) throw 7;
  });
  Running running(workload, 2);
  EXPECT_THROW(running.execute(), int);
}

// The harness binds each worker to a core from inside its first task; a runtime that moved it back would undo
// that.
TEST(EveryRuntime, LeavesWorkersWhereTheyWerePlaced) {
  const auto allowed = cores();
  std::atomic<unsigned> placed{0};
  std::barrier meeting(4);
  std::atomic<int> moved{0};
  thread_local int core = -1;
  const Tasks workload(4, [&](std::size_t) {
    if (core < 0) bind_to(core = allowed[placed++ % allowed.size()]);
    if (cores_of_this_thread() != std::vector<int>{core}) ++moved;
    meeting.arrive_and_wait();
  });
  Running running(workload, 4);
  for (int execution = 0; execution < 20; ++execution) running.execute();
  EXPECT_EQ(placed, 4u);
  EXPECT_EQ(moved, 0);
}

TEST(EveryRuntime, SleepsWhileIdle) {
  const Tasks workload(100);
  Running running(workload, 2);
  running.execute();
  const double before = processor_ms();
  ::usleep(500'000);
  EXPECT_LT(processor_ms() - before, 50) << "of 500 ms";
}

/// The variants that run such a graph: the default, and those whose idiom has a form for it.
auto graph_variants() {
  auto chosen = variants(runoff::Shape::dependent);
  for (auto variant = chosen.begin() + 1; variant < chosen.end();) try {
      const Steps workload(2, 2);
      Running(workload, 1, *variant).execute();
      ++variant;
    } catch (const runoff::Unsupported&) {
      variant = chosen.erase(variant);
    }
  return chosen;
}

TEST(EveryRuntime, RunsStepsOneAfterTheOther) {
  for (const auto& variant : graph_variants())
    for (const unsigned workers : {1u, 2u, 8u}) {
      const Steps workload(20, 16);
      Running running(workload, workers, variant);
      for (int execution = 1; execution <= 3; ++execution) {
        workload.forget();
        running.execute();
        EXPECT_EQ(workload.early(), 0u);
        for (std::size_t slot = 0; slot < workload.slots(); ++slot)
          ASSERT_EQ(running.results().at<int>(slot), execution) << "slot " << slot;
      }
    }
}

TEST(EveryRuntime, CarriesAnExceptionOutOfAGraphAndRunsItAgain) {
  for (const auto& variant : graph_variants())
    for (const unsigned workers : {1u, 2u, 8u}) {
      const Steps workload(20, 16);
      Running running(workload, workers, variant);
      workload.fail_in(7);
      EXPECT_THROW(running.execute(), runoff::WrongInput);
      EXPECT_EQ(running.results().at<int>(workload.slot(19, 15)), 0) << "the graph went on to its end";
      workload.fail_in(workload.steps());
      workload.forget();
      running.execute();
      EXPECT_EQ(running.results().at<int>(workload.slot(19, 15)), 1) << "the next execution is whole again";
      EXPECT_EQ(workload.early(), 0u);
    }
}

TEST(EveryRuntime, LoadsItsOwnLibraryAndNoOther) {
  const std::map<std::string, std::string> library{
      {"asio-pool", "/asio-pool.so"}, {"eigen-pool", "/eigen-pool.so"},  {"glib-pool", "libglib-2.0"},
      {"gnu-parallel", "libgomp"},    {"pthreadpool", "libpthreadpool"}, {"rayon", "/rayon.so"},
      {"thrust-omp", "libgomp"},      {"thrust-tbb", "libtbb.so"},       {"openmp", "libgomp"},
      {"openmp-llvm", "libomp"},      {"stdpar", "libtbb.so"},           {"tbb", "libtbb.so"}};
  const Tasks workload(10);
  Running running(workload, 2);
  running.execute();
  const std::string& own = library.at(plugin().name);
  for (const auto& [name, other] : library) EXPECT_EQ(mapped(other), other == own) << other;
}

TEST(EveryRuntime, NamesTheVersionThatIsLoaded) {
  const std::map<std::string, std::string> pattern{{"asio-pool", "Boost.Asio [0-9_]+"},
                                                   {"eigen-pool", "Eigen 3[0-9.]+"},
                                                   {"glib-pool", "GLib 2[0-9.]+"},
                                                   {"gnu-parallel", "libstdc\\+\\+ [0-9]+ over GNU libgomp"},
                                                   {"pthreadpool", "pthreadpool"},
                                                   {"rayon", "Rayon 1[0-9.]+"},
                                                   {"thrust-omp", "Thrust [0-9.]+ over GNU libgomp"},
                                                   {"thrust-tbb", "Thrust [0-9.]+ over oneTBB [0-9.]+"},
                                                   {"openmp", "GNU libgomp GOMP_[0-9.]+, /.*libgomp.*"},
                                                   {"openmp-llvm", "LLVM libomp GOMP_[0-9.]+, /.*libomp.*"},
                                                   {"stdpar", "libstdc\\+\\+ [0-9]+ over oneTBB [0-9.]+"},
                                                   {"tbb", "oneTBB [0-9.]+"}};
  EXPECT_TRUE(std::regex_match(plugin().runtime, std::regex(pattern.at(plugin().name)))) << plugin().runtime;
}

// A killed process cannot clean up, so there must be nothing to clean.
TEST(EveryRuntime, KeepsNoFileInSharedMemory) {
  const Tasks workload(10);
  Running running(workload, 2);
  running.execute();
  const std::string own = std::to_string(::getpid());
  for (const auto& file : std::filesystem::directory_iterator("/dev/shm"))
    EXPECT_EQ(file.path().filename().string().find("_" + own + "_"), std::string::npos) << file.path();
}
