#include "graph.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <utility>

#include "tags.h"

namespace runoff::mpi {
namespace {

// Sends beyond which a rank waits for them between two steps.
constexpr std::size_t most_sends = 4096;
// Slots are packed into messages of about 1 MiB.
constexpr std::size_t message_bytes = std::size_t{1} << 20;

std::size_t slots_a_message(Results results) {
  return std::max<std::size_t>(1, message_bytes / std::max<std::size_t>(1, results.size()));
}

}  // namespace

Graph::Graph(const Ranks& ranks, Threads& threads, const Dependent& graph, Results results)
    : ranks_(ranks),
      threads_(threads),
      graph_(graph),
      results_(results),
      plan_(graph, ranks.rank(), ranks.size()) {
  for (const GraphPlan::Step& step : plan_.steps()) bytes_sent_ += step.outputs.size() * results.size();
  if (!ranks.leads()) {
    slots_.push_back(GraphPlan::slots_of(graph, ranks.rank(), ranks.size()));
    bytes_sent_ += slots_.front().size() * results.size();
    return;
  }
  for (int rank = 0; rank < ranks.size(); ++rank)
    slots_.push_back(GraphPlan::slots_of(graph, rank, ranks.size()));
}

Report Graph::work() {
  Report report;
  const auto& steps = plan_.steps();
  // What the harness wiped at the leader, it wiped nowhere else: every rank begins with zeros. Inputs, too: a
  // task that did not wait for its message would find the one of the execution before, and nothing wrong.
  const auto clear = [this](std::size_t slot) {
    std::memset(results_.bytes(slot).data(), 0, results_.size());
  };
  for (const std::size_t slot : slots_.front()) clear(slot);
  for (const GraphPlan::Step& step : steps)
    for (const GraphPlan::Message& input : step.inputs) clear(input.slot);
  for (std::size_t step = 0; step < steps.size(); ++step) {
    receive(steps[step]);
    wait_for_inputs(report);
    // Only here: the ranks that are to take them have said where they want them, or will before they wait.
    if (sends_.size() > most_sends) finish_sends();
    run(step, report);
  }
  finish_sends();
  return report;
}

void Graph::run(std::size_t step, Report& report) {
  const GraphPlan::Step& own = plan_.steps()[step];
  if (threads_.count() > 1) run_on_threads(step, report);
  std::size_t sent = 0;
  for (std::size_t i = 0; i < own.points.size(); ++i) {
    if (threads_.count() == 1 && !report.failed) run_point(step, own.points.first + i, report);
    for (; sent < own.sent_after[i]; ++sent) send(own.outputs[sent], report.failed);
  }
}

void Graph::run_point(std::size_t step, std::size_t point, Report& report) {
  try {
    graph_.run(step, point, results_);
  } catch (...) {
    report.step = step;
    report.keep_caught();
  }
}

void Graph::run_on_threads(std::size_t step, Report& report) {
  const GraphPlan::Step& own = plan_.steps()[step];
  if (report.failed || own.points.size() == 0) return;
  std::mutex mutex;
  threads_.run(own.points.size(), [&](Range points) {
    Report mine;
    for (std::size_t i = points.first; i < points.last && !mine.failed; ++i)
      run_point(step, own.points.first + i, mine);
    if (!mine.failed) return;
    const std::lock_guard alone(mutex);
    report = std::move(mine);
  });
}

void Graph::receive(const GraphPlan::Step& step) {
  for (const auto& message : step.inputs)
    MPI_Irecv(results_.bytes(message.slot).data(), static_cast<int>(results_.size()), MPI_BYTE, message.peer,
              tag_inputs, ranks_.all(), &inputs_.emplace_back());
}

void Graph::wait_for_inputs(Report& report) {
  if (inputs_.empty()) return;
  statuses_.resize(inputs_.size());
  ranks_.wait_for_all(inputs_, statuses_);
  inputs_.clear();
  for (const MPI_Status& status : statuses_) {
    int bytes = 0;
    MPI_Get_count(&status, MPI_BYTE, &bytes);
    if (static_cast<std::size_t>(bytes) == results_.size()) continue;
    report.failed = true;  // without a text: the rank that threw has it
  }
}

void Graph::send(const GraphPlan::Message& message, bool failed) {
  MPI_Isend(results_.bytes(message.slot).data(), failed ? 0 : static_cast<int>(results_.size()), MPI_BYTE,
            message.peer, tag_inputs, ranks_.all(), &sends_.emplace_back());
}

void Graph::finish_sends() {
  statuses_.resize(sends_.size());
  ranks_.wait_for_all(sends_, statuses_);
  sends_.clear();
}

void Graph::send_slots() {
  std::vector<std::byte> packed;
  const auto& slots = slots_.front();
  const std::size_t most = slots_a_message(results_);
  for (std::size_t first = 0; first < slots.size(); first += most) {
    packed.clear();
    for (std::size_t i = first; i < std::min(first + most, slots.size()); ++i) {
      const auto bytes = results_.bytes(slots[i]);
      packed.insert(packed.end(), bytes.begin(), bytes.end());
    }
    MPI_Request request = MPI_REQUEST_NULL;
    MPI_Isend(packed.data(), static_cast<int>(packed.size()), MPI_BYTE, 0, tag_slots, ranks_.all(), &request);
    ranks_.wait(request);
  }
}

void Graph::receive_slots() {
  const std::size_t most = slots_a_message(results_);
  std::vector<std::byte> packed(most * results_.size());
  for (int rank = 1; rank < ranks_.size(); ++rank) {
    const auto& slots = slots_[static_cast<std::size_t>(rank)];
    for (std::size_t first = 0; first < slots.size(); first += most) {
      const std::size_t count = std::min(most, slots.size() - first);
      MPI_Request request = MPI_REQUEST_NULL;
      MPI_Irecv(packed.data(), static_cast<int>(count * results_.size()), MPI_BYTE, rank, tag_slots,
                ranks_.all(), &request);
      ranks_.wait(request);
      for (std::size_t i = 0; i < count; ++i)
        std::memcpy(results_.bytes(slots[first + i]).data(), packed.data() + i * results_.size(),
                    results_.size());
    }
  }
}

}  // namespace runoff::mpi
