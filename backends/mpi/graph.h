#pragma once

#include <mpi.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "gather.h"
#include "graph_plan.h"
#include "ranks.h"
#include "runoff/workload.h"
#include "threads.h"

namespace runoff::mpi {

/// A rank's part of a graph of dependent tasks: runs its points as their inputs arrive and sends their slots
/// to the ranks that need them, at once, or, where it has threads, when those have run all points of a step.
/// At the end all slots are gathered at rank 0, which pays for it.
class Graph {
 public:
  Graph(const Ranks& ranks, Threads& threads, const Dependent& graph, Results results);

  /// This rank's share of one execution. A rank whose task throws goes on without running any more, and says
  /// so to the ranks that wait for its slots by sending nothing in their place. So no rank waits for ever.
  Report work();

  /// On a rank that follows, after its report: sends the slots that it wrote.
  void send_slots();
  /// On the rank that leads, after all reports: takes them.
  void receive_slots();

  /// Bytes of slots that this rank sends in one execution.
  std::uint64_t bytes_sent() const { return bytes_sent_; }

 private:
  void run(std::size_t step, Report& report);
  void run_point(std::size_t step, std::size_t point, Report& report);
  void run_on_threads(std::size_t step, Report& report);
  void receive(const GraphPlan::Step& step);
  void wait_for_inputs(Report& report);
  void send(const GraphPlan::Message& message, bool failed);
  void finish_sends();

  const Ranks& ranks_;
  Threads& threads_;
  const Dependent& graph_;
  Results results_;
  GraphPlan plan_;
  std::vector<std::vector<std::size_t>> slots_;  // of this rank, and of all, in order, where it leads
  std::uint64_t bytes_sent_ = 0;
  std::vector<MPI_Request> inputs_;
  std::vector<MPI_Request> sends_;
  std::vector<MPI_Status> statuses_;
};

}  // namespace runoff::mpi
