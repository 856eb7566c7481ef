#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <utility>
#include <vector>

namespace tf {

struct Node {
  std::function<void()> run;
  std::vector<Node*> next;
  std::size_t needs = 0, missing = 0;
};

class Task {
 public:
  explicit Task(Node& node) : node_(&node) {}
  void precede(Task after) {
    node_->next.push_back(after.node_);
    ++after.node_->needs;
  }

 private:
  Node* node_;
};

class Taskflow {
 public:
  template <class Function>
  Task emplace(Function function) {
    nodes_.push_back({std::move(function), {}});
    return Task(nodes_.back());
  }
  template <class Number, class Function>
  Task for_each_index(Number first, Number last, Number step, Function function) {
    return emplace([=] {
      for (Number i = first; i < last; i += step) function(i);
    });
  }

  /// Depth first: a task at once when the last of those that precede it has run.
  void run() {
    for (Node& node : nodes_) node.missing = node.needs;
    for (Node& node : nodes_)
      if (node.needs == 0) run(node);
  }

 private:
  static void run(Node& node) {
    node.run();
    for (Node* next : node.next)
      if (--next->missing == 0) run(*next);
  }

  std::deque<Node> nodes_;
};

class TaskGroup {
 public:
  template <class Function>
  void silent_async(Function function) {
    functions_.emplace_back(std::move(function));
  }
  void corun() {
    for (auto& function : functions_) function();
  }

 private:
  std::vector<std::function<void()>> functions_;
};

class Executor {
 public:
  explicit Executor(std::size_t) {}
  std::future<void> run(Taskflow& flow) {
    return async([&flow] { flow.run(); });
  }
  template <class Function>
  std::future<void> async(Function function) {
    function();
    std::promise<void> done;
    done.set_value();
    return done.get_future();
  }
  TaskGroup task_group() { return {}; }
};

inline const char* version() { return "stand-in"; }

}  // namespace tf
