#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace runoff {

/// What `solve` forks with when nothing is to run in parallel.
template <class Work, class Node, class Result>
class SerialFork {
 public:
  static constexpr bool parallel = false;

  explicit SerialFork(const Work& work) : work_(work) {}

  /// Neither inlined nor pure, or the compiler would merge the calls of several nodes, and every speed-up
  /// that is measured against them would be a lie.
  [[gnu::noinline]] static Result solve(const Work& work, Node node) {
    asm volatile("");
    SerialFork fork(work);
    return work.solve(node, fork);
  }

  template <class... Nodes>
  [[gnu::always_inline]] std::array<Result, sizeof...(Nodes)> operator()(const Nodes&... nodes) {
    return {solve(work_, static_cast<Node>(nodes))...};  // in order: braces say so
  }

  void many(std::span<const Node> nodes, std::span<Result> results) {
    for (std::size_t i = 0; i < nodes.size(); ++i) results[i] = solve(work_, nodes[i]);
  }

  Result serially(const Node& node) { return solve(work_, node); }

 private:
  const Work& work_;
};

}  // namespace runoff
