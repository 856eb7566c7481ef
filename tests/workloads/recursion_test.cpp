#include <gtest/gtest.h>

#include <algorithm>
#include <thread>
#include <vector>

#include "driven.h"
#include "runoff/memory.h"
#include "runoff/recursion/frontier.h"
#include "runoff/recursion/job_stacks.h"
#include "runoff/recursive.h"
#include "runoff/task_groups.h"
#include "uts/sha1.h"

// The recursive workloads: what they compute, and what their checks notice. How recursion runs at all:
// tests/sdk/recursion.

namespace {

using runoff::testing::Given;

/// A recursive workload with memory of its own.
class Recursed {
 public:
  Recursed(const std::string& name, const Given& given) {
    const auto& plugin = runoff::testing::load(name);
    made_ = plugin.make(runoff::Parameters(plugin.parameters, given));
    made_->layout(memory_);
    const auto layout = made_->result();
    results_ = {memory_.bytes(layout.size), 1, layout.size, layout.size};
    made_->fill(memory_);
    poison();
  }

  const runoff::Recursive& work() const { return dynamic_cast<const runoff::Recursive&>(*made_); }
  void poison() { std::ranges::fill(results_.all(), std::byte{0xA5}); }
  void serially() const { work().solve(results_); }
  void stealing(unsigned workers) {
    runoff::JobStacks stacks(memory_, workers, work().job());
    stacks.begin();
    std::vector<std::jthread> threads;
    for (unsigned worker = 1; worker < workers; ++worker)
      threads.emplace_back([&, worker] { work().work(stacks, worker, results_); });
    work().work(stacks, 0, results_);
  }
  void on_tasks(runoff::TaskGroups& groups) const { work().solve(groups, results_); }
  /// As workers without job stacks do.
  void by_subtrees(std::size_t enough) {
    const auto frontier = work().frontier({enough, 10'000});
    const std::size_t size = results_.size(), stride = (size + 63) / 64 * 64;
    const runoff::Results slots(memory_.bytes(frontier->subtrees() * stride), frontier->subtrees(), size,
                                stride);
    for (std::size_t subtree = frontier->subtrees(); subtree-- > 0;) frontier->solve(subtree, slots);
    frontier->join(slots, results_);
  }
  runoff::Check check() const { return made_->check(results_); }
  runoff::Results results() const { return results_; }

 private:
  runoff::Memory memory_ = runoff::Memory::create();
  std::unique_ptr<runoff::Workload> made_;
  runoff::Results results_;
};

/// Runs every task at once, and counts forks.
class CountedForks final : public runoff::TaskGroups {
 public:
  void fork(Jobs& jobs, std::size_t count) override {
    ++forks;
    for (std::size_t job = 0; job < count; ++job) jobs(job);
  }
  std::size_t forks = 0;
};

struct Case {
  std::string workload;
  Given given;
};

const std::vector<Case> cases{
    {"fib", {{"n", "20"}}},
    {"fib", {{"n", "20"}, {"cutoff", "8"}}},
    {"nqueens", {{"n", "0"}}},
    {"nqueens", {{"n", "1"}}},
    {"nqueens", {{"n", "3"}}},
    {"nqueens", {{"n", "8"}}},
    {"nqueens", {{"n", "9"}, {"cutoff", "4"}}},
    {"uts", {{"tree", "tiny-geometric"}}},
    {"uts", {{"tree", "tiny-binomial"}, {"cutoff", "2"}}},
    {"skynet", {{"leaves", "1"}}},
    {"skynet", {{"leaves", "10000"}}},
    {"skynet", {{"leaves", "10000"}, {"cutoff", "500"}}},
    {"integrate", {{"to", "1"}}},
    {"integrate", {{"to", "7"}, {"digits", "8"}, {"cutoff", "5"}}},
    {"integrate", {{"to", "20"}, {"digits", "11"}}},
    {"merge-sort", {{"n", "0"}}},
    {"merge-sort", {{"n", "1"}}},
    {"merge-sort", {{"n", "33"}, {"cutoff", "0"}}},
    {"merge-sort", {{"n", "30011"}, {"cutoff", "0"}, {"merge-cutoff", "0"}}},
    {"merge-sort", {{"n", "30011"}, {"cutoff", "5000"}, {"merge-cutoff", "100"}}},
    {"merge-sort", {{"n", "30011"}}},
};

TEST(RecursiveWorkloads, AreRightHoweverTheyRun) {
  for (const auto& [name, given] : cases) {
    Recursed recursed(name, given);
    EXPECT_FALSE(recursed.check().right) << name << ": nothing has run yet";
    recursed.serially();
    EXPECT_TRUE(recursed.check().right) << name << ": " << recursed.check().why;
    for (const unsigned workers : {1u, 3u}) {
      recursed.poison();
      recursed.stealing(workers);
      EXPECT_TRUE(recursed.check().right) << name << ": " << recursed.check().why;
    }
    CountedForks groups;
    recursed.poison();
    recursed.on_tasks(groups);
    EXPECT_TRUE(recursed.check().right) << name << ": " << recursed.check().why;
    for (const std::size_t enough : {1, 10, 200}) {
      recursed.poison();
      EXPECT_FALSE(recursed.check().right) << name << ": nothing has run yet";
      recursed.by_subtrees(enough);
      EXPECT_TRUE(recursed.check().right) << name << ": " << recursed.check().why;
    }
  }
}

TEST(RecursiveWorkloads, NoticeEveryDamagedByteOfTheResult) {
  for (const auto& [name, given] : cases) {
    Recursed recursed(name, given);
    recursed.serially();
    // A sum of doubles may be off in its last digits.
    const std::size_t first = name == "integrate" ? 6 : 0;
    for (std::size_t i = first; i < recursed.results().size(); ++i) {
      recursed.results().all()[i] ^= std::byte{0x10};
      EXPECT_FALSE(recursed.check().right) << name << ", byte " << i;
      recursed.results().all()[i] ^= std::byte{0x10};
    }
  }
}

TEST(NQueens, HasThePublishedSolutions) {
  constexpr std::uint64_t solutions[]{92, 352, 724, 2680};  // of 8 to 11 queens
  for (int n = 8; n <= 11; ++n) {
    Recursed queens("nqueens", {{"n", std::to_string(n)}});
    queens.serially();
    EXPECT_EQ(queens.results().at<std::uint64_t>(0), solutions[n - 8]);
  }
}

TEST(Skynet, AddsUpItsLeaves) {
  Recursed skynet("skynet", {{"leaves", "1000000"}});
  skynet.stealing(2);
  EXPECT_EQ(skynet.results().at<std::int64_t>(0), 499'999'500'000);
}

TEST(Skynet, TakesPowersOfTenOnly) {
  for (const char* leaves : {"2", "99", "1001", "500000"}) try {
      Recursed("skynet", {{"leaves", leaves}});
      ADD_FAILURE() << leaves;
    } catch (const runoff::InvalidParameter& error) {
      EXPECT_NE(std::string(error.what()).find("power of 10"), std::string::npos) << error.what();
    }
}

// As sha1sum has them.
TEST(Sha1, IsThatOfTheStandard) {
  EXPECT_EQ(uts::sha1(std::array<std::uint32_t, 0>{}),
            (uts::Digest{0xda39a3ee, 0x5e6b4b0d, 0x3255bfef, 0x95601890, 0xafd80709}));
  EXPECT_EQ(uts::sha1(std::array<std::uint32_t, 1>{0x61626364}),  // "abcd"
            (uts::Digest{0x81fe8bfe, 0x87576c3e, 0xcb22426f, 0x8e578473, 0x82917acf}));
  EXPECT_EQ(uts::sha1(std::array<std::uint32_t, 2>{0x61626364, 0x65666768}),  // "abcdefgh"
            (uts::Digest{0x425af12a, 0x0743502b, 0x322e93a0, 0x15bcf868, 0xe324d56a}));
}

TEST(MergeSort, LeavesItsInputAsItIsAndSortsWhatStdSortSorts) {
  constexpr std::size_t n = 20'011;
  runoff::Memory memory = runoff::Memory::create();
  const auto& plugin = runoff::testing::load("merge-sort");
  const auto work = plugin.make(runoff::Parameters(plugin.parameters, {{"n", std::to_string(n)}}));
  std::byte* const first = memory.bytes(0);
  work->layout(memory);
  work->fill(memory);
  std::uint64_t* const keys = reinterpret_cast<std::uint64_t*>(first);
  const std::vector<std::uint64_t> before(keys, keys + n);
  const auto layout = work->result();
  const runoff::Results results(memory.bytes(layout.size), 1, layout.size, layout.size);
  dynamic_cast<const runoff::Recursive&>(*work).solve(results);
  EXPECT_TRUE(std::equal(before.begin(), before.end(), keys));

  std::vector<std::uint64_t> expected = before;
  std::ranges::sort(expected);
  const std::size_t stride = (n * sizeof(std::uint64_t) + 63) / 64 * 64;
  auto* const sorted = reinterpret_cast<std::uint64_t*>(first + stride);
  EXPECT_TRUE(std::equal(expected.begin(), expected.end(), sorted));
  ASSERT_TRUE(work->check(results).right);

  // Duplicates and runs, not only random keys.
  EXPECT_LT(std::size_t(std::unique(expected.begin(), expected.end()) - expected.begin()), n - 1000);

  std::swap(sorted[0], sorted[n - 1]);
  EXPECT_FALSE(work->check(results).right);
  std::swap(sorted[0], sorted[n - 1]);
  ASSERT_TRUE(work->check(results).right);
  sorted[n - 1] += 1;  // still in order
  EXPECT_FALSE(work->check(results).right);
}

std::size_t forks_of_merge_sort(const char* merge_cutoff) {
  Recursed sort("merge-sort", {{"n", "40000"}, {"cutoff", "40000"}, {"merge-cutoff", merge_cutoff}});
  CountedForks counted;
  sort.on_tasks(counted);
  EXPECT_TRUE(sort.check().right) << sort.check().why;
  return counted.forks;
}

// Only the root sorts in parallel here: what else forks is its merge. A part of a merge is at most three
// quarters of it, and at least a quarter.
TEST(MergeSort, MergesInParallelDownToItsCutoff) {
  EXPECT_EQ(forks_of_merge_sort("40001"), 1u);
  EXPECT_EQ(forks_of_merge_sort("40000"), 2u);
  const std::size_t forks = forks_of_merge_sort("1000");
  EXPECT_GE(forks, 1 + 40u);   // parts of less than 1000 keys are at least 41
  EXPECT_LE(forks, 1 + 160u);  // of at least 250 keys, at most 160
}

}  // namespace
