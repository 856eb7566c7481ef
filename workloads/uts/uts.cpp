#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "runoff/recursive_of.h"
#include "runoff/workload_plugin.h"
#include "tree.h"

namespace {

struct Counts {
  std::uint64_t nodes;
  std::uint64_t leaves;
  std::int64_t depth;
  bool operator==(const Counts&) const = default;
};

const std::map<std::string, uts::Shape> shapes{
    {"T1",
     {.kind = uts::Shape::geometric, .branching = 4, .levels = 10, .chance = 0, .brood = 0, .seed = 19}},
    {"T3",
     {.kind = uts::Shape::binomial,
      .branching = 2000,
      .levels = 0,
      .chance = 0.124875,
      .brood = 8,
      .seed = 42}},
    {"tiny-geometric",
     {.kind = uts::Shape::geometric, .branching = 4, .levels = 5, .chance = 0, .brood = 0, .seed = 21}},
    {"tiny-binomial",
     {.kind = uts::Shape::binomial, .branching = 50, .levels = 0, .chance = 0.12, .brood = 8, .seed = 8}},
};

// By counts.py, which shares no code with this; those of T1 and T3 are also what the authors publish.
const std::map<std::string, Counts> counts{
#include "counts.inc"
};

/// Counts the nodes of a tree that is not known before: a task is a node. A node's children are made when it
/// is searched.
class Uts final : public runoff::RecursiveOf<Uts, uts::Node, Counts> {
 public:
  explicit Uts(const runoff::Parameters& parameters)
      : name_(parameters.text("tree")),
        shape_(shapes.at(name_)),
        cutoff_(static_cast<std::int32_t>(parameters.count("cutoff"))) {}

  uts::Node root() const { return uts::root(shape_); }

  template <class Fork>
  Counts solve(const uts::Node& node, Fork& fork) const {
    if constexpr (Fork::parallel)
      if (cutoff_ > 0 && node.depth >= cutoff_) return fork.serially(node);
    const std::size_t children = uts::children(shape_, node);
    if (children == 0) return {1, 1, node.depth};
    // Nearly all have few; the frames of a recursion as deep as T3's must be small.
    if (children <= few) {
      std::array<uts::Node, few> nodes;
      std::array<Counts, few> found;
      return search(node, std::span(nodes).first(children), std::span(found).first(children), fork);
    }
    std::vector<uts::Node> nodes(children);
    std::vector<Counts> found(children);
    return search(node, nodes, found, fork);
  }

  std::size_t tasks() const override { return cutoff_ == 0 ? counts.at(name_).nodes : 0; }

  runoff::Check check(runoff::Results results) const override {
    const Counts expected = counts.at(name_);
    const Counts result = results.at<Counts>(0);
    if (result == expected) return runoff::Check::ok();
    return runoff::Check::wrong("tree " + name_ + " has " + describe(expected) + ", not " + describe(result));
  }

 private:
  static constexpr std::size_t few = 8;

  template <class Fork>
  static Counts search(const uts::Node& node, std::span<uts::Node> nodes, std::span<Counts> found,
                       Fork& fork) {
    for (std::size_t i = 0; i < nodes.size(); ++i) nodes[i] = uts::child(node, static_cast<std::uint32_t>(i));
    fork.many(nodes, found);
    Counts all{1, 0, node.depth};
    for (const Counts& one : found) {
      all.nodes += one.nodes;
      all.leaves += one.leaves;
      all.depth = std::max(all.depth, one.depth);
    }
    return all;
  }

  static std::string describe(const Counts& tree) {
    return std::to_string(tree.nodes) + " nodes, " + std::to_string(tree.leaves) + " leaves and depth " +
           std::to_string(tree.depth);
  }

  std::string name_;
  uts::Shape shape_;
  std::int32_t cutoff_;
};

}  // namespace

RUNOFF_WORKLOAD(
    Uts, {
             .name = "uts",
             .summary = "search of an unbalanced tree that grows while it is searched, a task a node",
             .bound = runoff::Bound::cpu,
             .source = "Olivier et al., UTS: An Unbalanced Tree Search Benchmark, LCPC 2006 (SHA-1 variant)",
             .checked_at = {"tree=tiny-geometric,tiny-binomial", "cutoff=0,3"},
             .parameters = {runoff::Parameter::choice(
                                "tree", {"T1", "T3", "tiny-geometric", "tiny-binomial"},
                                "which tree: geometric (T1) or binomial (T3), or small ones of these kinds"),
                            runoff::Parameter::count("cutoff", 0, 0, 10'000,
                                                     "nodes so deep fork nothing; 0 forks always")},
         })
