#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <thread>

#include "cell/module.h"
#include "drivers.h"
#include "runoff/memory.h"
#include "runoff/recursive_of.h"
#include "runoff/started.h"

namespace runoff::test {
namespace {

class BareHost final : public Host {
 public:
  explicit BareHost(Memory& memory) : memory_(memory) {}
  Memory& memory() override { return memory_; }
  std::vector<std::string> follower_command(std::span<const std::string>) const override { return {}; }
  std::span<const std::string> follower_arguments() const override { return {}; }
  Seen look() override { return {}; }
  Usage usage() override { return {}; }

 private:
  Memory& memory_;
};

/// fib(18) over and over; a call with a given number, counted in shared memory, does something else.
struct Faulty final : RecursiveOf<Faulty, int, std::int64_t> {
  explicit Faulty(Memory& memory) : calls(memory.object<std::atomic<int>>()), fatal(memory.object<int>()) {}
  int root() const { return 18; }
  template <class Fork>
  std::int64_t solve(int n, Fork& fork) const {
    if (calls.fetch_add(1) + 1 == fatal) throw std::runtime_error("call " + std::to_string(fatal));
    if (n < 2) return n;
    const auto [a, b] = fork(n - 1, n - 2);
    return a + b;
  }
  Check check(Results) const override { return Check::ok(); }
  std::atomic<int>& calls;
  int& fatal;
};

/// Four leaves. In the process that made this they wait for a worker of another process; that kills itself.
struct Deadly final : RecursiveOf<Deadly, int, int> {
  explicit Deadly(Memory& memory) : strangers(memory.object<std::atomic<int>>()), maker(::getpid()) {}
  int root() const { return 0; }
  template <class Fork>
  int solve(int depth, Fork& fork) const {
    if (depth < 2) {
      const auto [a, b] = fork(depth + 1, depth + 1);
      return a + b;
    }
    if (::getpid() != maker) {
      strangers = 1;
      ::raise(SIGKILL);
    }
    while (strangers == 0) std::this_thread::yield();
    return 1;
  }
  Check check(Results) const override { return Check::ok(); }
  std::atomic<int>& strangers;
  pid_t maker;
};

struct Case {
  std::string backend;
  std::map<std::string, std::string> variant;
  unsigned workers;
};

std::string name_of(const Case& one) {
  std::string name = one.backend;
  for (const auto& [option, value] : one.variant) name += "_" + value;
  std::replace(name.begin(), name.end(), '-', '_');
  return name + "_" + std::to_string(one.workers);
}
void PrintTo(const Case& one, std::ostream* stream) { *stream << name_of(one); }

// Each runs in a process of its own: runtimes must not meet.
class Backends : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    const auto prefix = std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path();
    const auto file = prefix / "lib/runoff/backends" / (GetParam().backend + ".so");
    if (!std::filesystem::exists(file)) GTEST_SKIP() << GetParam().backend << " was left out of this build";
#ifdef __SANITIZE_THREAD__
    if (GetParam().backend == "tbb" || GetParam().backend.starts_with("openmp"))
      GTEST_SKIP() << GetParam().backend << " is not instrumented for the thread sanitizer";
#endif
    const BackendPlugin& plugin = cell::load_backend(file.string());
    backend_ = plugin.make({GetParam().workers, Parameters(plugin.options, GetParam().variant)});
  }

  Memory memory_ = Memory::create();
  BareHost host_{memory_};
  std::unique_ptr<Backend> backend_;
};

class Recursions : public Backends {};

TEST_P(Recursions, AreRightAndFailAsTheyShould) {
  const Faulty faulty(memory_);
  const Bench bench(faulty);
  const Started started(std::move(backend_), faulty, bench.results(), host_);
  for (const int fatal : {0, 1, 2, 100, 3000, 0}) {
    faulty.calls = 0;
    faulty.fatal = fatal;
    bench.results().at<std::int64_t>(0) = -1;
    if (fatal == 0) {
      started.execute();
      EXPECT_EQ(bench.result<std::int64_t>(), 2584);
      EXPECT_EQ(faulty.calls, 8361);
      continue;
    }
    try {
      started.execute();
      ADD_FAILURE() << "nothing was thrown";
    } catch (const std::runtime_error& error) {
      EXPECT_EQ(error.what(), "call " + std::to_string(fatal));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, Recursions,
    testing::Values(Case{"serial", {}, 1}, Case{"std-thread", {{"mode", "pool"}}, 1},
                    Case{"std-thread", {{"mode", "pool"}}, 2}, Case{"std-thread", {{"mode", "pool"}}, 8},
                    Case{"std-thread", {{"mode", "spawn"}}, 3}, Case{"std-thread", {{"mode", "async"}}, 3},
                    Case{"fork", {{"mode", "pool"}}, 1}, Case{"fork", {{"mode", "pool"}}, 2},
                    Case{"fork", {{"mode", "pool"}}, 8}, Case{"fork", {{"mode", "spawn"}}, 3},
                    Case{"fork", {{"mode", "pool"}, {"threads", "3"}}, 8},
                    Case{"fork", {{"mode", "spawn"}, {"threads", "2"}}, 3}, Case{"tbb", {}, 1},
                    Case{"tbb", {}, 2}, Case{"tbb", {}, 8}, Case{"openmp", {}, 1}, Case{"openmp", {}, 2},
                    Case{"openmp", {}, 8}, Case{"openmp-llvm", {}, 1}, Case{"openmp-llvm", {}, 2},
                    Case{"openmp-llvm", {}, 8}),
    [](const auto& one) { return name_of(one.param); });

class DeadWorkers : public Backends {};

TEST_P(DeadWorkers, AreNoticed) {
  const Deadly deadly(memory_);
  const Bench bench(deadly);
  const Started started(std::move(backend_), deadly, bench.results(), host_);
  for (int again = 0; again < 2; ++again) {
    deadly.strangers = 0;
    try {
      started.execute();
      ADD_FAILURE() << "nothing was thrown";
    } catch (const WorkerLost& lost) {
      EXPECT_NE(std::string(lost.what()).find("SIGKILL"), std::string::npos) << lost.what();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Fork, DeadWorkers,
                         testing::Values(Case{"fork", {{"mode", "pool"}}, 2},
                                         Case{"fork", {{"mode", "pool"}}, 5},
                                         Case{"fork", {{"mode", "pool"}, {"threads", "2"}}, 3},
                                         Case{"fork", {{"mode", "spawn"}, {"threads", "2"}}, 3},
                                         Case{"fork", {{"mode", "spawn"}}, 2}),
                         [](const auto& one) { return name_of(one.param); });

}  // namespace
}  // namespace runoff::test
