#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "sha1.h"

/// The trees of the Unbalanced Tree Search benchmark (Olivier et al., "UTS: An Unbalanced Tree Search
/// Benchmark", LCPC 2006), with its SHA-1 generator: a node's digest is all that its subtree depends on.
namespace uts {

struct Node {
  Digest digest;
  std::int32_t depth;
};

/// How many children nodes have.
struct Shape {
  enum Kind { geometric, binomial };

  Kind kind;
  double branching;     ///< b: geometric, children on average; binomial, those of the root
  std::int32_t levels;  ///< d: geometric, nodes so deep have no children
  double chance;        ///< q: binomial, of a node to have any children
  std::int32_t brood;   ///< m: binomial, how many they are then
  std::uint32_t seed;   ///< r
};

inline Node root(const Shape& shape) {
  return {sha1(std::array<std::uint32_t, 5>{0, 0, 0, 0, shape.seed}), 0};
}

inline Node child(const Node& node, std::uint32_t number) {
  const auto& [a, b, c, d, e] = node.digest;
  return {sha1(std::array<std::uint32_t, 6>{a, b, c, d, e, number}), node.depth + 1};
}

inline std::size_t children(const Shape& shape, const Node& node) {
  constexpr double most = 100;  // but for the root of a binomial tree
  const double random = (node.digest[4] & 0x7fffffff) / 2147483648.0;
  if (shape.kind == Shape::geometric) {
    if (node.depth >= shape.levels) return 0;
    const double p = 1 / (1 + shape.branching);
    return static_cast<std::size_t>(std::min(most, std::floor(std::log(1 - random) / std::log(1 - p))));
  }
  if (node.depth == 0) return static_cast<std::size_t>(shape.branching);
  return random < shape.chance ? static_cast<std::size_t>(shape.brood) : 0;
}

}  // namespace uts
