#pragma once

#include <oneapi/tbb/flow_graph.h>
#include <oneapi/tbb/task_arena.h>

#include <memory>
#include <vector>

#include "runoff/workload.h"

/// A graph of tasks as a flow graph: a continue_node for each task, made once, with an edge for each
/// dependency.
class Flow {
 public:
  Flow(const runoff::Dependent& workload, runoff::Results results, oneapi::tbb::task_arena& arena)
      : arena_(arena) {
    // A flow graph runs in the arena in which it was made.
    arena_.execute([&] {
      graph_ = std::make_unique<oneapi::tbb::flow::graph>();
      make_nodes(workload, results);
    });
    for (std::size_t step = 1; step < workload.steps(); ++step)
      for (std::size_t point = 0; point < workload.width(step); ++point)
        for (const runoff::Interval& needs : workload.dependencies(step, point))
          for (std::size_t need = needs.first; need <= needs.last; ++need)
            oneapi::tbb::flow::make_edge(*nodes_[step - 1][need], *nodes_[step][point]);
  }

  /// Runs every task once; throws what a task throws.
  void execute() {
    arena_.execute([this] {
      for (Node* source : sources_) source->try_put({});
      try {
        graph_->wait_for_all();
      } catch (...) {
        graph_->reset();  // forgets the messages that are under way
        throw;
      }
    });
  }

 private:
  using Node = oneapi::tbb::flow::continue_node<oneapi::tbb::flow::continue_msg>;

  void make_nodes(const runoff::Dependent& workload, runoff::Results results) {
    for (std::size_t step = 0; step < workload.steps(); ++step) {
      auto& row = nodes_.emplace_back();
      for (std::size_t point = 0; point < workload.width(step); ++point) {
        row.push_back(std::make_unique<Node>(
            *graph_, [&workload, results, step, point](const oneapi::tbb::flow::continue_msg&) {
              workload.run(step, point, results);
            }));
        if (workload.dependencies(step, point).empty()) sources_.push_back(row.back().get());
      }
    }
  }

  oneapi::tbb::task_arena& arena_;
  std::unique_ptr<oneapi::tbb::flow::graph> graph_;
  std::vector<std::vector<std::unique_ptr<Node>>> nodes_;
  std::vector<Node*> sources_;
};
