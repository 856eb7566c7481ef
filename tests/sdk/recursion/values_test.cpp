#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <set>
#include <vector>

#include "drivers.h"
#include "runoff/recursive_of.h"

namespace runoff::test {
namespace {

constexpr std::int64_t fib_of[] = {0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610};

TEST(Fib, IsRightHoweverItRuns) {
  for (int n = 0; n < 16; ++n) {
    const Fib fib(n);
    Bench bench(fib);
    bench.serially();
    EXPECT_EQ(bench.result<std::int64_t>(), fib_of[n]);
    for (unsigned workers = 1; workers <= 8; ++workers) {
      bench.results().at<std::int64_t>(0) = -1;
      bench.on_threads(workers);
      EXPECT_EQ(bench.result<std::int64_t>(), fib_of[n]) << workers << " workers";
    }
  }
  const Fib fib(9);
  Bench bench(fib);
  bench.on_tasks();
  EXPECT_EQ(bench.result<std::int64_t>(), 34);
}

TEST(Fib, IsRightWhenItIsLarge) {
  const Fib fib(24);
  Bench bench(fib);
  for (unsigned workers : {1u, 2u, 8u}) {
    bench.results().at<std::int64_t>(0) = -1;
    bench.on_threads(workers);
    EXPECT_EQ(bench.result<std::int64_t>(), 46368);
  }
}

TEST(Fib, IsRightInThousandsOfExecutions) {
  const Fib fib(11);
  Bench bench(fib);
  for (unsigned workers : {2u, 3u}) {
    JobStacks stacks(bench.memory(), workers, fib.job());
    for (int i = 0; i < 1000; ++i) {
      bench.results().at<std::int64_t>(0) = -1;
      bench.on_threads(stacks, workers);
      ASSERT_EQ(bench.result<std::int64_t>(), 89);
    }
  }
}

// A stack of one to four jobs is always full.
TEST(JobStacks, RunsWhatFindsNoRoomAtOnce) {
  const Fib fib(18);
  Bench bench(fib);
  for (std::size_t room = 1; room <= 4; ++room) {
    JobStacks stacks(bench.memory(), 3, fib.job(), room * fib.job().size);
    ASSERT_EQ(stacks.capacity(), room);
    bench.results().at<std::int64_t>(0) = -1;
    bench.on_threads(stacks, 3);
    EXPECT_EQ(bench.result<std::int64_t>(), 2584);
  }
}

/// A spine of `depth` nodes, each with a leaf, deeper than the job stacks.
struct Spine final : RecursiveOf<Spine, int, int> {
  int root() const { return 5000; }
  template <class Fork>
  int solve(int depth, Fork& fork) const {
    if (depth == 0) return 1;
    const auto [rest, leaf] = fork(depth - 1, 0);
    return rest + leaf;
  }
  Check check(Results) const override { return Check::ok(); }
};

TEST(JobStacks, CarriesDeepRecursion) {
  const Spine spine;
  Bench bench(spine);
  for (const std::size_t room : {100, 10000}) {
    bench.results().at<int>(0) = -1;
    bench.on_threads_with_room(room, 3);
    EXPECT_EQ(bench.result<int>(), 5001);
  }
}

std::uint64_t hash(std::uint64_t x) {  // SplitMix64's finalizer
  x += 0x9e3779b97f4a7c15;
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
  x = (x ^ x >> 27) * 0x94d049bb133111eb;
  return x ^ x >> 31;
}

struct TreeNode {
  std::uint64_t seed;
  std::uint32_t depth;
};

struct TreeTotals {
  std::uint64_t nodes, sum;
  bool operator==(const TreeTotals&) const = default;
};

std::size_t children(const TreeNode& node) {
  if (node.depth < 3) return 3;
  return node.depth > 40 || node.seed % 5 != 0 ? 0 : node.seed / 5 % 10;
}
TreeNode child(const TreeNode& node, std::size_t i) { return {hash(node.seed * 31 + i), node.depth + 1}; }

/// An irregular tree whose shape a hash decides, forked with `many`.
struct Tree final : RecursiveOf<Tree, TreeNode, TreeTotals> {
  explicit Tree(std::uint64_t number) : seed(number) {}
  TreeNode root() const { return {seed, 0}; }
  template <class Fork>
  TreeTotals solve(const TreeNode& node, Fork& fork) const {
    std::array<TreeNode, 10> nodes;
    std::array<TreeTotals, 10> totals;
    const std::size_t count = children(node);
    for (std::size_t i = 0; i < count; ++i) nodes[i] = child(node, i);
    fork.many(std::span(nodes).first(count), std::span(totals).first(count));
    TreeTotals all{1, node.seed};
    for (std::size_t i = 0; i < count; ++i) {
      all.nodes += totals[i].nodes;
      all.sum = all.sum * 3 + totals[i].sum;  // notices results that change places
    }
    return all;
  }
  Check check(Results) const override { return Check::ok(); }
  std::uint64_t seed;
};

std::uint64_t nodes_by_traversal(const TreeNode& root) {
  std::vector<TreeNode> open{root};
  std::uint64_t nodes = 0;
  while (!open.empty()) {
    const TreeNode node = open.back();
    open.pop_back();
    ++nodes;
    for (std::size_t i = 0; i < children(node); ++i) open.push_back(child(node, i));
  }
  return nodes;
}

TEST(Tree, IsCountedRightHoweverItRuns) {
  std::uint64_t most = 0;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const Tree tree(seed);
    Bench bench(tree);
    bench.serially();
    const auto expected = bench.result<TreeTotals>();
    ASSERT_EQ(expected.nodes, nodes_by_traversal(tree.root()));
    most = std::max(most, expected.nodes);
    for (const std::size_t room : {2, 5, 1000})
      for (unsigned workers : {1u, 2u, 4u, 8u}) {
        bench.results().at<TreeTotals>(0) = {};
        bench.on_threads_with_room(room, workers);
        EXPECT_EQ(bench.result<TreeTotals>(), expected) << "seed " << seed << ", " << workers << " workers";
      }
    if (expected.nodes < 300) {
      bench.results().at<TreeTotals>(0) = {};
      bench.on_tasks();
      EXPECT_EQ(bench.result<TreeTotals>(), expected);
    }
  }
  EXPECT_GT(most, 1000u);
}

/// Three nodes at once; one alone.
struct Ternary final : RecursiveOf<Ternary, int, int> {
  int root() const { return 9; }
  template <class Fork>
  int solve(int n, Fork& fork) const {
    if (n == 0) return 1;
    const auto [a, b, c] = fork(n - 1, n - 1, n - 1);
    const auto [d] = fork(0);
    return a + b + c + d - 1;
  }
  Check check(Results) const override { return Check::ok(); }
};

TEST(Fork, TakesOneNodeOrThree) {
  const Ternary ternary;
  Bench bench(ternary);
  bench.serially();
  EXPECT_EQ(bench.result<int>(), 19683);
  for (const std::size_t room : {1, 2, 3, 1000}) {
    bench.results().at<int>(0) = 0;
    bench.on_threads_with_room(room, 2);
    EXPECT_EQ(bench.result<int>(), 19683);
  }
}

/// Leaves that wait until all of them run at the same time, so that each needs a worker of its own.
struct Meeting final : RecursiveOf<Meeting, int, int> {
  explicit Meeting(int number) : guests(number) {}
  int root() const { return guests; }
  template <class Fork>
  int solve(int n, Fork& fork) const {
    if (n > 1) {
      const auto [a, b] = fork(n / 2, n - n / 2);
      return a + b;
    }
    for (here.fetch_add(1); here.load() < guests;) std::this_thread::yield();
    return 1;
  }
  Check check(Results) const override { return Check::ok(); }
  int guests;
  mutable std::atomic<int> here{0};
};

struct Guestbook final : WorkerObserver {
  void worker_ran() noexcept override {
    const std::scoped_lock lock(mutex);
    ++calls;
    workers.insert(std::this_thread::get_id());
  }
  std::mutex mutex;
  int calls = 0;
  std::set<std::thread::id> workers;
};

TEST(Observer, IsToldOnceOfEachWorkerThatRan) {
  for (int workers = 1; workers <= 6; ++workers) {
    Meeting meeting(workers);
    Guestbook book;
    meeting.observe(&book);
    Bench bench(meeting);
    bench.on_threads(static_cast<unsigned>(workers));
    EXPECT_EQ(bench.result<int>(), workers);
    EXPECT_EQ(book.calls, workers);
    EXPECT_EQ(book.workers.size(), static_cast<std::size_t>(workers));

    Guestbook other;
    meeting.observe(&other);
    meeting.here = 0;
    bench.on_tasks();
    EXPECT_EQ(bench.result<int>(), workers);
    EXPECT_EQ(other.calls, workers);
  }
}

TEST(Observer, IsNotToldOfWorkersThatOnlyLooked) {
  Fib fib(1);
  Guestbook book;
  fib.observe(&book);
  Bench bench(fib);
  bench.on_threads(4);
  EXPECT_EQ(book.calls, 1);
  bench.serially();
  EXPECT_EQ(book.calls, 2);
}

TEST(Recursive, SendsALateWorkerAway) {
  const Fib fib(5);
  Bench bench(fib);
  JobStacks stacks(bench.memory(), 2, fib.job());
  stacks.begin();
  fib.work(stacks, 0, bench.results());
  fib.work(stacks, 1, bench.results());  // returns
  EXPECT_EQ(bench.result<std::int64_t>(), 5);
}

}  // namespace
}  // namespace runoff::test
