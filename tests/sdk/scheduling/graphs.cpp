#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <map>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench.h"
#include "cell/host.h"
#include "cell/module.h"
#include "cell/slots.h"

namespace {

constexpr std::array<unsigned, 4> worker_counts{1, 2, 3, 8};

std::unique_ptr<runoff::Workload> graph_of(const std::map<std::string, std::string>& values) {
  const auto& plugin = runoff::cell::load_workload(std::string(RUNOFF_MODULES) + "/workloads/graph.so");
  return plugin.make(runoff::Parameters(plugin.parameters, values));
}

/// Steps of different widths, each point with some of the points before, seeded; a task that finds one of
/// them not yet run in this execution says so.
class RandomGraph final : public runoff::Dependent {
 public:
  explicit RandomGraph(unsigned seed) {
    std::mt19937 random(seed);
    for (std::size_t step = 0; step < 60; ++step) {
      std::vector<std::vector<runoff::Interval>> points(1 + random() % 40);
      for (auto& needs : points)
        for (std::size_t i = step == 0 ? 0 : random() % 4; i > 0; --i) {
          const auto first = static_cast<std::uint32_t>(random() % steps_.back().size());
          const auto last = first + random() % (steps_.back().size() - first);
          needs.push_back({first, static_cast<std::uint32_t>(last)});
        }
      first_slot_.push_back(slots_);
      slots_ += points.size();
      steps_.push_back(std::move(points));
    }
  }

  std::size_t tasks() const override { return slots_; }
  std::size_t slots() const override { return slots_; }
  runoff::ResultLayout result() const override { return runoff::result_of<std::uint64_t>(); }
  std::size_t steps() const override { return steps_.size(); }
  std::size_t width(std::size_t step) const override { return steps_[step].size(); }
  std::size_t slot(std::size_t step, std::size_t point) const override { return first_slot_[step] + point; }
  std::span<const runoff::Interval> dependencies(std::size_t step, std::size_t point) const override {
    return steps_[step][point];
  }
  std::span<const runoff::Interval> dependents(std::size_t, std::size_t) const override { return {}; }

  void run(std::size_t step, std::size_t point, runoff::Results results) const override {
    std::uint64_t& mine = results.at<std::uint64_t>(slot(step, point));
    for (const auto& need : steps_[step][point])
      for (std::uint32_t input = need.first; input <= need.last; ++input)
        if (results.at<std::uint64_t>(slot(step - 1, input)) != mine + 1)
          throw std::runtime_error("a task ran before its input");
    ++mine;
    if (slot(step, point) == harm_at_ && harm_) harm_();
  }

  /// Every task has run this often.
  runoff::Check check(runoff::Results results) const override {
    for (std::size_t i = 0; i < slots_; ++i)
      if (results.at<std::uint64_t>(i) != results.at<std::uint64_t>(0))
        return runoff::Check::wrong("not each once");
    return runoff::Check::ok();
  }

  void harm(std::size_t slot, std::function<void()> how) {
    harm_at_ = slot;
    harm_ = std::move(how);
  }

 private:
  std::vector<std::vector<std::vector<runoff::Interval>>> steps_;
  std::vector<std::size_t> first_slot_;
  std::size_t slots_ = 0;
  std::size_t harm_at_ = 0;
  std::function<void()> harm_;
};

class Graphs : public testing::TestWithParam<Setup> {
 protected:
  void SetUp() override {
#ifdef __SANITIZE_THREAD__
    // Results go from a thread to another of its process by way of a third process, which it does not see.
    if (GetParam().threads > 1) GTEST_SKIP() << "the thread sanitizer knows one process only";
#endif
  }
  ~Graphs() override { EXPECT_FALSE(has_children()) << "a process was left behind"; }
  TestHost host_;
};

class ForkedGraphs : public Graphs {};

TEST_P(Graphs, OfEveryPatternComeOutRightEveryTime) {
  const auto& plugin = runoff::cell::load_workload(std::string(RUNOFF_MODULES) + "/workloads/graph.so");
  for (const auto& pattern : plugin.parameters.front().choices)
    for (const char* width : {"3", "8", "61"}) {
      const auto workload = graph_of(
          {{"pattern", pattern}, {"width", width}, {"steps", "70"}, {"grain", "3"}, {"payload", "5B"}});
      const runoff::Results results = runoff::cell::claim_results(*workload, host_.memory());
      const auto backend = started(GetParam(), *workload, results, host_);
      for (int i = 0; i < (GetParam().mode == "pool" ? 10 : 2); ++i) {
        backend.execute();
        const auto check = workload->check(results);
        ASSERT_TRUE(check.right) << check.why << "; width " << width << ", " << pattern;
      }
    }
}

TEST_P(Graphs, OfAnyFormRunInOrder) {
  for (unsigned seed = 0; seed < 5; ++seed) {
    const RandomGraph graph(seed);
    const runoff::Results results = runoff::cell::claim_results(graph, host_.memory());
    const auto backend = started(GetParam(), graph, results, host_);
    const int times = GetParam().mode == "pool" ? 50 : 3;
    for (int i = 0; i < times; ++i) backend.execute();
    EXPECT_TRUE(graph.check(results).right);
    EXPECT_EQ(results.at<std::uint64_t>(0), static_cast<std::uint64_t>(times));
  }
}

TEST_P(Graphs, ThatFailSaySoAndStop) {
  RandomGraph graph(7);
  graph.harm(graph.slots() / 2, [] { throw std::runtime_error("half way"); });
  const runoff::Results results = runoff::cell::claim_results(graph, host_.memory());
  const auto backend = started(GetParam(), graph, results, host_);
  try {
    backend.execute();
    FAIL() << "the exception was lost";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "half way");
  }
  EXPECT_EQ(results.at<std::uint64_t>(graph.slots() - 1), 0u) << "the graph went on to its end";
}

TEST_P(ForkedGraphs, ThatLoseAWorkerSaySo) {
  RandomGraph graph(7);
  const pid_t self = ::getpid();
  graph.harm(graph.slots() / 2, [self] {
    if (::getpid() != self) ::raise(SIGKILL);
    ::usleep(1000);
  });
  const runoff::Results results = runoff::cell::claim_results(graph, host_.memory());
  const auto backend = started(GetParam(), graph, results, host_);
  // The task may fall to the caller.
  for (int i = 0; i < 20'000; ++i) {
    try {
      backend.execute();
    } catch (const runoff::WorkerLost& lost) {
      EXPECT_NE(std::string(lost.what()).find("SIGKILL"), std::string::npos) << lost.what();
      return;
    }
  }
  FAIL() << "no worker process ever ran that task";
}

constexpr std::array<unsigned, 3> several{2, 3, 8};
INSTANTIATE_TEST_SUITE_P(Fork, ForkedGraphs, testing::ValuesIn(fork_setups(several)),
                         [](const auto& test) { return name_of(test.param); });
INSTANTIATE_TEST_SUITE_P(Backends, Graphs, testing::ValuesIn(setups(worker_counts)),
                         [](const auto& test) { return name_of(test.param); });

}  // namespace
