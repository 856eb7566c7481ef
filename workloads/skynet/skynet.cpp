#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "runoff/recursive_of.h"
#include "runoff/workload_plugin.h"

namespace {

constexpr std::size_t children = 10;
constexpr std::int64_t most_leaves = 1'000'000'000;

/// The leaves [first, first + count).
struct Subtree {
  std::int64_t first;
  std::int64_t count;
};

/// The sum of the numbers of all leaves of a tree in which every node has ten children. A task is a node.
class Skynet final : public runoff::RecursiveOf<Skynet, Subtree, std::int64_t> {
 public:
  explicit Skynet(const runoff::Parameters& parameters)
      : leaves_(parameters.count("leaves")), cutoff_(parameters.count("cutoff")) {
    std::int64_t power = 1;
    while (power < leaves_) power *= static_cast<std::int64_t>(children);
    if (power != leaves_)
      throw runoff::InvalidParameter("'leaves' cannot be '" + std::to_string(leaves_) +
                                     "'; it takes a power of 10, from 1 to " + std::to_string(most_leaves));
  }

  Subtree root() const { return {0, leaves_}; }

  template <class Fork>
  std::int64_t solve(const Subtree& tree, Fork& fork) const {
    if (tree.count == 1) return tree.first;
    if constexpr (Fork::parallel)
      if (tree.count < cutoff_) return fork.serially(tree);
    std::array<Subtree, children> parts;
    const std::int64_t count = tree.count / static_cast<std::int64_t>(children);
    for (std::size_t i = 0; i < children; ++i)
      parts[i] = {tree.first + static_cast<std::int64_t>(i) * count, count};
    std::array<std::int64_t, children> sums;
    fork.many(parts, sums);
    std::int64_t sum = 0;
    for (const std::int64_t part : sums) sum += part;
    return sum;
  }

  /// The nodes that are not below the cut-off.
  std::size_t tasks() const override {
    std::size_t tasks = 1, nodes = 1;
    for (std::int64_t count = leaves_; count > 1 && count >= cutoff_; count /= 10) tasks += nodes *= children;
    return tasks;
  }

  runoff::Check check(runoff::Results results) const override {
    const std::int64_t expected = leaves_ * (leaves_ - 1) / 2;
    const std::int64_t result = results.at<std::int64_t>(0);
    if (result == expected) return runoff::Check::ok();
    return runoff::Check::wrong("the numbers of " + std::to_string(leaves_) + " leaves add up to " +
                                std::to_string(expected) + ", not " + std::to_string(result));
  }

 private:
  std::int64_t leaves_;
  std::int64_t cutoff_;
};

}  // namespace

RUNOFF_WORKLOAD(
    Skynet,
    {
        .name = "skynet",
        .summary = "sum of the numbers of a tree's leaves, ten children a node, a task a node",
        .bound = runoff::Bound::runtime,
        .source = "the skynet benchmark: https://github.com/atemerev/skynet",
        .checked_at = {"leaves=10000", "cutoff=0,200"},
        .parameters = {runoff::Parameter::count("leaves", 1'000'000, 1, most_leaves, "a power of 10"),
                       runoff::Parameter::count("cutoff", 0, 0, most_leaves,
                                                "above fewer leaves nothing is forked; 0 forks always")},
    })
