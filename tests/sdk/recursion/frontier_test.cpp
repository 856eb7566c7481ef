#include "runoff/recursion/frontier.h"

#include <gtest/gtest.h>

#include <numeric>
#include <set>
#include <stdexcept>
#include <vector>

#include "drivers.h"
#include "runoff/memory.h"
#include "runoff/recursive_of.h"

namespace runoff::test {
namespace {

/// Numbers of an uneven tree; the result tells apart every order and every loss, and what forks after a join
/// as well. With a cut-off nothing is forked from that number on.
struct Digest final : RecursiveOf<Digest, std::uint64_t, std::uint64_t> {
  explicit Digest(std::uint64_t most, std::uint64_t alone_from = ~std::uint64_t{0})
      : limit(most), cutoff(alone_from) {}
  std::uint64_t root() const { return 1; }
  template <class Fork>
  std::uint64_t solve(std::uint64_t node, Fork& fork) const {
    if constexpr (Fork::parallel)
      if (node >= cutoff) return fork.serially(node);
    if (solved != nullptr && !Fork::parallel) solved->push_back(node);
    if (node == poisoned) throw std::runtime_error("node " + std::to_string(node));
    const std::uint64_t children = node % 7 == 5 ? 0 : node % 3 + 2;
    std::vector<std::uint64_t> nodes, results;
    for (std::uint64_t i = 0; i < children; ++i)
      if (node * 6 + i < limit) nodes.push_back(node * 6 + i);
    results.resize(nodes.size());
    fork.many(nodes, results);
    std::uint64_t digest = node;
    for (const std::uint64_t result : results) digest = digest * 1'000'003 + result;
    if (node % 7 == 3 && node * 6 + 5 < limit) {
      const auto [again, more] = fork(node * 6 + 4, node * 6 + 5);
      digest = digest * 31 + again * 17 + more;
    }
    return digest;
  }
  Check check(Results) const override { return Check::ok(); }

  std::uint64_t limit;
  std::uint64_t cutoff;
  std::uint64_t poisoned = 0;
  std::vector<std::uint64_t>* solved = nullptr;  // by plain recursion
};

/// Slots for subtrees.
class Slots {
 public:
  Slots(Memory& memory, std::size_t count)
      : results(memory.bytes(count * cache_line), count, sizeof(std::uint64_t), cache_line) {}
  Results results;
};

/// All subtrees by `makers` processes in turn, each with a frontier of its own; joined by the last.
std::uint64_t by_frontiers(const Digest& work, FrontierLimits limits, std::size_t makers) {
  Bench bench(work);
  std::vector<std::unique_ptr<Frontier>> frontiers;
  while (frontiers.size() < makers) frontiers.push_back(work.frontier(limits));
  const std::size_t count = frontiers.front()->subtrees();
  const Slots slots(bench.memory(), count);
  for (std::size_t subtree = count; subtree-- > 0;)
    frontiers[subtree % makers]->solve(subtree, slots.results);
  frontiers.back()->join(slots.results, bench.results());
  return bench.result<std::uint64_t>();
}

std::uint64_t serially(const Digest& work) {
  Bench bench(work);
  bench.serially();
  return bench.result<std::uint64_t>();
}

TEST(Frontiers, JoinInOrderWhatTheySolve) {
  const std::uint64_t cutoffs[] = {~std::uint64_t{0}, 1, 5, 100};
  for (const std::uint64_t limit : {1, 2, 7, 9, 40, 1000, 100'000})
    for (const std::uint64_t cutoff : cutoffs) {
      const Digest digest(limit, cutoff);
      const std::uint64_t expected = serially(digest);
      for (const std::size_t enough : {1, 2, 7, 64, 1000, 100'000})
        EXPECT_EQ(by_frontiers(digest, {enough, 100'000}, 3), expected)
            << limit << " " << cutoff << " " << enough;
    }
}

TEST(Frontiers, AreFineEnough) {
  const Digest digest(10'000'000);
  for (const std::size_t enough : {2, 10, 64, 500}) {
    const auto frontier = digest.frontier({enough, 1000});
    EXPECT_GE(frontier->subtrees(), enough);
    EXPECT_LT(frontier->subtrees(), enough + 5);
  }
}

TEST(Frontiers, StayWithinTheirLimit) {
  const Digest digest(100'000);
  const std::uint64_t expected = serially(digest);
  for (const std::size_t most : {1, 2, 3, 5, 17, 100}) {
    EXPECT_LE(digest.frontier({most, most})->subtrees(), most);
    EXPECT_EQ(by_frontiers(digest, {most, most}, 2), expected) << most;
  }
}

TEST(Frontiers, HaveOneSubtreeAboveWhichNothingForks) {
  EXPECT_EQ(Digest(1000, 1).frontier({64, 100})->subtrees(), 1u);
  EXPECT_EQ(Digest(1).frontier({64, 100})->subtrees(), 1u);
  EXPECT_EQ(Digest(1000).frontier({1, 100})->subtrees(), 1u);
}

TEST(Frontiers, SolveEachNodeOnce) {
  std::vector<std::uint64_t> alone, shared;
  Digest digest(5000);
  digest.solved = &alone;
  serially(digest);
  digest.solved = &shared;
  by_frontiers(digest, {40, 1000}, 2);
  const std::set<std::uint64_t> once(shared.begin(), shared.end());
  EXPECT_EQ(once.size(), shared.size());
  EXPECT_LT(shared.size(), alone.size());  // the upper part is not solved by plain recursion
  EXPECT_GT(shared.size() + 1000, alone.size());
  for (const std::uint64_t node : shared) EXPECT_EQ(std::count(alone.begin(), alone.end(), node), 1) << node;
}

TEST(Frontiers, ThrowWhatTheirNodesThrow) {
  std::vector<std::uint64_t> nodes;
  Digest digest(20'000);
  digest.solved = &nodes;
  serially(digest);
  digest.solved = nullptr;
  for (std::size_t i = 0; i < nodes.size(); i += 1 + nodes.size() / 20) {
    digest.poisoned = nodes[i];
    try {
      by_frontiers(digest, {64, 1000}, 2);
      ADD_FAILURE() << "nothing was thrown";
    } catch (const std::runtime_error& error) {
      EXPECT_EQ(error.what(), "node " + std::to_string(nodes[i]));
    }
  }
}

/// Forks another number of nodes each time.
struct Fickle final : RecursiveOf<Fickle, int, int> {
  int root() const { return 0; }
  template <class Fork>
  int solve(int node, Fork& fork) const {
    if (node > 0) return 1;
    std::vector<int> nodes(++forks, 1), results(forks);
    fork.many(nodes, results);
    return std::accumulate(results.begin(), results.end(), 0);
  }
  Check check(Results) const override { return Check::ok(); }
  mutable std::size_t forks = 0;
};

TEST(Frontiers, RefuseNodesThatForkDifferently) {
  const Fickle fickle;
  Bench bench(fickle);
  const auto frontier = fickle.frontier({64, 100});
  const Slots slots(bench.memory(), frontier->subtrees());
  EXPECT_THROW(frontier->join(slots.results, bench.results()), std::logic_error);
}

struct Counting final : WorkerObserver {
  void worker_ran() noexcept override { ++told; }
  int told = 0;
};

TEST(Frontiers, TellOfTheWorkerThatSolves) {
  Digest digest(1000);
  Counting counting;
  digest.observe(&counting);
  for (int execution = 1; execution <= 2; ++execution) {
    by_frontiers(digest, {64, 100}, 3);
    EXPECT_EQ(counting.told, 3 * execution);
  }
  Bench bench(digest);
  const auto idle = digest.frontier({64, 100});
  EXPECT_EQ(counting.told, 6);
}

}  // namespace
}  // namespace runoff::test
