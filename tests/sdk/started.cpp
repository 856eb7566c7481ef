#include "runoff/started.h"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "runoff/memory.h"
#include "runoff/recursive_of.h"

namespace runoff {
namespace {

using Log = std::vector<std::string>;

struct Loop final : Independent {
  explicit Loop(Log& notes) : log(notes) {}
  std::size_t tasks() const override { return 1; }
  ResultLayout result() const override { return {}; }
  Check check(Results) const override { return {}; }
  void run(Range, Results) const override { log.push_back("task"); }
  void finish(Results) const override { log.push_back("finish"); }
  Log& log;
};

struct Graph final : Dependent {
  std::size_t tasks() const override { return 0; }
  std::size_t slots() const override { return 0; }
  ResultLayout result() const override { return {}; }
  Check check(Results) const override { return {}; }
  std::size_t steps() const override { return 0; }
  std::size_t width(std::size_t) const override { return 0; }
  std::size_t slot(std::size_t, std::size_t) const override { return 0; }
  std::span<const Interval> dependencies(std::size_t, std::size_t) const override { return {}; }
  std::span<const Interval> dependents(std::size_t, std::size_t) const override { return {}; }
  void run(std::size_t, std::size_t, Results) const override {}
};

struct Leaf final : RecursiveOf<Leaf, int, int> {
  int root() const { return 0; }
  template <class Fork>
  int solve(int node, Fork&) const {
    return node;
  }
  Check check(Results) const override { return {}; }
};

struct NoHost final : Host {
  Memory& memory() override { throw std::logic_error("no memory"); }
  std::vector<std::string> follower_command(std::span<const std::string>) const override { return {}; }
  std::span<const std::string> follower_arguments() const override { return {}; }
  Seen look() override { return {}; }
  Usage usage() override { return {}; }
};

/// Notes when it, and what it has returned, ends.
struct Noting final : Backend {
  explicit Noting(Log& notes) : log(notes) {}
  ~Noting() override { log.push_back("backend ends"); }
  Execution start(const Independent& loop, Results results, Host&) override {
    const std::shared_ptr<Log> held(&log, [](Log* notes) { notes->push_back("execution ends"); });
    return [held, &loop, results] { loop.run({0, 1}, results); };
  }
  Log& log;
};

struct Unable final : Backend {};

TEST(Started, runs_the_tasks_and_then_finishes_and_ends_the_execution_before_the_backend) {
  Log log;
  const Loop loop(log);
  NoHost host;
  {
    Started started(std::make_unique<Noting>(log), loop, {}, host);
    const Started moved(std::move(started));
    moved.execute();
    moved.execute();
  }
  EXPECT_EQ(log, (Log{"task", "finish", "task", "finish", "execution ends", "backend ends"}));
}

TEST(Started, is_told_what_a_backend_has_no_way_to_run) {
  const auto refusal = [](const Workload& workload) -> std::string {
    NoHost host;
    try {
      Started(std::make_unique<Unable>(), workload, {}, host);
    } catch (const Unsupported& refused) {
      return refused.what();
    }
    return "it can";
  };
  Log log;
  EXPECT_EQ(refusal(Loop(log)), "this backend has no parallel loop");
  EXPECT_EQ(refusal(Graph()), "this backend has no way to run graphs of dependent tasks");
  EXPECT_EQ(refusal(Leaf()), "this backend has no fork-join");
}

TEST(Started, has_as_many_tasks_under_way_as_workers_unless_the_backend_says_more) {
  EXPECT_EQ(Unable().concurrency(7), 7U);
}

}  // namespace
}  // namespace runoff
