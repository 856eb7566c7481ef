#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "runoff/recursion/frontier.h"
#include "runoff/recursion/serial_fork.h"
#include "runoff/recursion/worker_observer.h"

namespace runoff {

/// The frontier of one author's class. To learn what a node forks, its `solve` is begun and left, by an
/// exception, at the fork; to join, it is called again and finds the results there.
template <class Work, class Node, class Result>
class FrontierOf final : public Frontier {
 public:
  FrontierOf(const Work& work, FrontierLimits limits, WorkerObserver* observer)
      : work_(work), observer_(observer) {
    places_.push_back({.node = work.root()});
    expand(limits);
    for (std::size_t place = 0; place < places_.size(); ++place) {
      if (places_[place].children > 0) continue;
      places_[place].subtree = subtrees_.size();
      subtrees_.push_back(place);
    }
  }

  std::size_t subtrees() const override { return subtrees_.size(); }

  void solve(std::size_t subtree, Results slots) override {
    if (observer_ != nullptr) observer_->worker_ran();
    observer_ = nullptr;
    slots.at<Result>(subtree) =
        SerialFork<Work, Node, Result>::solve(work_, places_[subtrees_[subtree]].node);
  }

  void join(Results slots, Results results) const override {
    results.at<Result>(0) = result_of(places_.front(), slots);
  }

 private:
  struct Place {
    Node node;
    std::size_t first_child = 0;
    std::size_t children = 0;  // 0: a subtree
    std::size_t subtree = 0;
  };

  /// Leaves a `solve` whose node forks, or would go on alone.
  struct Left {};
  class Begun;
  class Joining;

  /// Breadth first, so the subtrees are about as deep as each other.
  void expand(FrontierLimits limits) {
    std::size_t subtrees = 1;
    for (std::size_t next = 0; next < places_.size() && subtrees < limits.enough; ++next) {
      const std::size_t first = places_.size();
      // A recursion that hardly branches is not followed for ever.
      if (first >= limits.most) return;
      begin(Node(places_[next].node));
      const std::size_t children = places_.size() - first;
      if (children == 0) continue;
      if (subtrees - 1 + children > limits.most) {
        places_.erase(places_.begin() + static_cast<std::ptrdiff_t>(first), places_.end());
        continue;
      }
      places_[next].first_child = first;
      places_[next].children = children;
      subtrees += children - 1;
    }
  }

  /// Adds what the node forks to the places.
  void begin(const Node& node) {
    Begun fork(places_);
    try {
      work_.solve(node, fork);
    } catch (...) {
      // Left; or it threw by itself, and will again where it counts.
    }
  }

  Result result_of(const Place& place, Results slots) const {
    if (place.children == 0) return slots.at<Result>(place.subtree);
    Joining fork(*this, place, slots);
    return work_.solve(place.node, fork);
  }

  const Work& work_;
  WorkerObserver* observer_;  // until it has been told
  std::vector<Place> places_;
  std::vector<std::size_t> subtrees_;
};

/// Learns what a node forks first.
template <class Work, class Node, class Result>
class FrontierOf<Work, Node, Result>::Begun {
 public:
  static constexpr bool parallel = true;

  explicit Begun(std::vector<Place>& places) : places_(places) {}

  template <class... Nodes>
  std::array<Result, sizeof...(Nodes)> operator()(const Nodes&... nodes) {
    (places_.push_back({.node = static_cast<Node>(nodes)}), ...);
    throw Left{};
  }

  void many(std::span<const Node> nodes, std::span<Result>) {
    if (nodes.empty()) return;
    for (const Node& node : nodes) places_.push_back({.node = node});
    throw Left{};
  }

  Result serially(const Node&) { throw Left{}; }

 private:
  std::vector<Place>& places_;
};

/// Has the results of what a node forks first. What it forks after that is solved at once.
template <class Work, class Node, class Result>
class FrontierOf<Work, Node, Result>::Joining {
 public:
  static constexpr bool parallel = true;

  Joining(const FrontierOf& frontier, const Place& place, Results slots)
      : frontier_(frontier), place_(place), slots_(slots) {}

  template <class... Nodes>
  std::array<Result, sizeof...(Nodes)> operator()(const Nodes&... nodes) {
    const std::array<Node, sizeof...(Nodes)> all{static_cast<Node>(nodes)...};
    std::array<Result, sizeof...(Nodes)> results;
    many(all, results);
    return results;
  }

  void many(std::span<const Node> nodes, std::span<Result> results) {
    if (nodes.empty()) return;
    if (joined_) return SerialFork<Work, Node, Result>(frontier_.work_).many(nodes, results);
    if (nodes.size() != place_.children)
      throw std::logic_error("solve forked " + std::to_string(place_.children) + " nodes and then " +
                             std::to_string(nodes.size()) + "; the same node must always fork the same");
    joined_ = true;
    for (std::size_t i = 0; i < nodes.size(); ++i)
      results[i] = frontier_.result_of(frontier_.places_[place_.first_child + i], slots_);
  }

  Result serially(const Node& node) { return SerialFork<Work, Node, Result>::solve(frontier_.work_, node); }

 private:
  const FrontierOf& frontier_;
  const Place& place_;
  Results slots_;
  bool joined_ = false;
};

}  // namespace runoff
