#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <string>
#include <thread>

#include "bench.h"
#include "runoff/memory.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::array<unsigned, 3> worker_counts{2, 3, 8};

/// Workers of the fork backend that come to harm.
class Losses : public testing::TestWithParam<Setup> {
 protected:
  Losses() : victim_(host_.memory().object<std::atomic<pid_t>>()) {}
  ~Losses() override { EXPECT_FALSE(has_children()) << "a process was left behind"; }

  /// True in exactly one worker process, which is not this one.
  bool is_victim() {
    pid_t none = 0;
    return ::getpid() != self_ && victim_.compare_exchange_strong(none, ::getpid());
  }

  /// The text of the loss when a task of one worker does this, while the others go on for a while.
  std::string loss_by(const std::function<void()>& harm) {
    Probe probe(host_.memory(), 400, [&](std::size_t) {
      if (is_victim()) harm();
      std::this_thread::sleep_for(milliseconds(1));
    });
    const auto backend = started(GetParam(), probe, host_);
    std::string text = "nothing was lost";
    try {
      probe.execute(backend, 400);
    } catch (const runoff::WorkerLost& lost) {
      text = lost.what();
    }
    const std::size_t runs = probe.runs();
    std::this_thread::sleep_for(milliseconds(20));
    EXPECT_EQ(probe.runs(), runs) << "a worker went on after the loss was reported";
    return text;
  }

  TestHost host_;
  const pid_t self_ = ::getpid();
  std::atomic<pid_t>& victim_;
};

/// Of workers that stay.
class PoolLosses : public Losses {};

TEST_P(Losses, ByASignalAreNamed) {
  const std::string text = loss_by([] { ::raise(SIGKILL); });
  EXPECT_EQ(text, "worker process " + std::to_string(victim_) + " was killed by SIGKILL");
}

TEST_P(Losses, ByAnExitCodeAreNamed) {
  const std::string text = loss_by([] { ::_exit(7); });
  EXPECT_EQ(text, "worker process " + std::to_string(victim_) + " exited with code 7");
}

TEST_P(Losses, AreNoticedWhileTheCallerWaits) {
  auto& died = host_.memory().object<std::atomic<std::int64_t>>();
  // The caller is done with its own task when one dies and the others are busy for long.
  Probe probe(host_.memory(), GetParam().workers, [&](std::size_t) {
    if (is_victim()) {
      std::this_thread::sleep_for(milliseconds(100));
      died = steady_clock::now().time_since_epoch().count();
      ::raise(SIGKILL);
    }
    while (victim_ == 0) std::this_thread::sleep_for(milliseconds(1));
    if (::getpid() != self_) std::this_thread::sleep_for(std::chrono::seconds(30));
  });
  const auto backend = started(GetParam(), probe, host_);
  EXPECT_THROW(probe.execute(backend, GetParam().workers), runoff::WorkerLost);
  const auto noticed = steady_clock::now().time_since_epoch().count() - died.load();
  // 100 ms on an idle machine; much more on one that is not, but not as long as the others are busy.
  EXPECT_LT(noticed, std::chrono::nanoseconds(std::chrono::seconds(25)).count());
}

TEST_P(PoolLosses, LeaveABackendThatSaysSoAgain) {
  Probe probe(host_.memory(), 400, [&](std::size_t) {
    if (is_victim()) ::raise(SIGKILL);
    std::this_thread::sleep_for(milliseconds(1));
  });
  const auto backend = started(GetParam(), probe, host_);
  EXPECT_THROW(probe.execute(backend, 400), runoff::WorkerLost);
  EXPECT_THROW(probe.execute(backend, 400), runoff::WorkerLost);
}

TEST_P(PoolLosses, OfIdleWorkersAreNoticedByTheNextExecution) {
  Probe probe(host_.memory(), 400, [&](std::size_t) {
    is_victim();
    std::this_thread::sleep_for(milliseconds(1));
  });
  const auto backend = started(GetParam(), probe, host_);
  while (victim_ == 0) probe.execute(backend, 400);
  ::kill(victim_, SIGKILL);
  siginfo_t info{};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(victim_), &info, WEXITED | WNOWAIT), 0);
  EXPECT_THROW(probe.execute(backend, 2), runoff::WorkerLost);
}

TEST_P(PoolLosses, AreNoticedWhenSomebodyElseReapedTheWorker) {
  Probe probe(host_.memory(), 400, [&](std::size_t) {
    is_victim();
    std::this_thread::sleep_for(milliseconds(1));
  });
  const auto backend = started(GetParam(), probe, host_);
  while (victim_ == 0) probe.execute(backend, 400);
  ::kill(victim_, SIGKILL);
  ASSERT_EQ(::waitpid(victim_, nullptr, 0), victim_);
  EXPECT_THROW(probe.execute(backend, 2), runoff::WorkerLost);
}

TEST_P(Losses, AreNotWhatAStopIs) {
  Probe probe(host_.memory(), 400, [&](std::size_t) {
    if (is_victim()) ::raise(SIGSTOP);
    std::this_thread::sleep_for(milliseconds(1));
  });
  const auto backend = started(GetParam(), probe, host_);
  // Lets it go on from a process of its own, as threads do not fork well.
  const pid_t waker = ::fork();
  if (waker == 0) {
    while (victim_ == 0) ::usleep(1000);
    ::usleep(100'000);
    ::kill(victim_, SIGCONT);
    ::_exit(0);
  }
  while (victim_ == 0) probe.execute(backend, 400);
  ::waitpid(waker, nullptr, 0);
  probe.times_each(400);
  probe.execute(backend, 400);
  EXPECT_EQ(probe.times_each(400), 1);
}

TEST_P(PoolLosses, DoNotHinderTheEndEvenWhenStopped) {
  Probe probe(host_.memory(), 400, [&](std::size_t) {
    is_victim();
    std::this_thread::sleep_for(milliseconds(1));
  });
  const auto backend = started(GetParam(), probe, host_);
  while (victim_ == 0) probe.execute(backend, 400);
  ::kill(victim_, SIGSTOP);
}

TEST_P(Losses, OfTheCallerEndItsWorkers) {
  // What the caller leaves behind comes to this process, which would see it as a child.
  ASSERT_EQ(::prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
  const pid_t caller = ::fork();
  if (caller == 0) {
    Probe probe(host_.memory(), 400, [&](std::size_t) {
      is_victim();
      std::this_thread::sleep_for(milliseconds(1));
      if (victim_ != 0 && ::getpid() != victim_) ::usleep(20'000);
    });
    const auto backend = started(GetParam(), probe, host_);
    for (;;) probe.execute(backend, 400);
  }
  while (victim_ == 0) ::usleep(1000);
  ::kill(caller, SIGKILL);
  const auto until = steady_clock::now() + std::chrono::seconds(20);
  int gone = 0;
  while (steady_clock::now() < until) {
    const pid_t id = ::waitpid(-1, nullptr, WNOHANG);
    if (id > 0) ++gone;
    if (id < 0) break;
    ::usleep(1000);
  }
  EXPECT_GE(gone, 2) << "the caller and at least the worker that ran a task";
}

INSTANTIATE_TEST_SUITE_P(Fork, Losses, testing::ValuesIn(fork_setups(worker_counts)),
                         [](const auto& test) { return name_of(test.param); });

INSTANTIATE_TEST_SUITE_P(Fork, PoolLosses, testing::ValuesIn(fork_setups(worker_counts, {"pool"})),
                         [](const auto& test) { return name_of(test.param); });

}  // namespace
