#include <algorithm>
#include <string>

#include "payload.h"
#include "runoff/workload_plugin.h"
#include "work.h"

namespace {

/// What a task leaves before its payload.
struct Output {
  std::uint64_t value;
  std::uint64_t task;
  std::uint64_t execution;  // rises by one each time; so an output of the execution before is no valid input
};

/// A graph of tasks that are only described: each needs its neighbours of the step before, and reads their
/// payloads.
class LikeGraph final : public runoff::Dependent {
 public:
  explicit LikeGraph(const runoff::Parameters& parameters)
      : work_(parameters),
        payload_(static_cast<std::size_t>(parameters.bytes("payload"))),
        width_(std::min(work_.tasks(), static_cast<std::size_t>(parameters.count("width")))),
        full_(neighbours(width_, width_)),
        into_last_(neighbours(width_, width(steps() - 1))) {}

  std::size_t tasks() const override { return work_.tasks(); }
  std::size_t slots() const override { return tasks(); }
  runoff::ResultLayout result() const override { return {sizeof(Output) + payload_, alignof(Output)}; }
  std::uint64_t bytes() const override { return work_.bytes() + tasks() * payload_; }
  void layout(runoff::Memory& memory) override { work_.layout(memory); }
  void fill(const runoff::Memory&) override { work_.fill(); }

  std::size_t steps() const override { return (tasks() + width_ - 1) / width_; }
  std::size_t width(std::size_t step) const override { return std::min(width_, tasks() - step * width_); }
  std::size_t slot(std::size_t step, std::size_t point) const override { return step * width_ + point; }
  std::span<const runoff::Interval> dependencies(std::size_t step, std::size_t point) const override {
    return step == 0 ? std::span<const runoff::Interval>{} : std::span(&full_[point], 1);
  }
  std::span<const runoff::Interval> dependents(std::size_t step, std::size_t point) const override {
    if (step + 1 == steps()) return {};
    if (step + 2 < steps()) return std::span(&full_[point], 1);
    // The last step may be narrower than the others.
    return point > width(step + 1) ? std::span<const runoff::Interval>{} : std::span(&into_last_[point], 1);
  }

  void run(std::size_t step, std::size_t point, runoff::Results results) const override {
    const std::size_t task = slot(step, point);
    Output& own = results.at<Output>(task);
    const std::uint64_t execution = own.execution + 1;
    for (const runoff::Interval& inputs : dependencies(step, point))
      for (std::size_t input = inputs.first; input <= inputs.last; ++input)
        if (!is_right(slot(step - 1, input), execution, results))
          throw runoff::WrongInput("task " + std::to_string(task) + " found that its input, task " +
                                   std::to_string(slot(step - 1, input)) + ", is not finished, or damaged");
    const std::uint64_t value = work_.run(task);
    like::wait_for(work_.wait(task));
    like::write_payload(task, payload(task, results));
    own = {value, task, execution};
  }

  runoff::Check check(runoff::Results results) const override {
    const std::uint64_t execution = results.at<Output>(0).execution;
    for (std::size_t task = 0; task < tasks(); ++task) {
      if (!is_right(task, execution, results))
        return runoff::Check::wrong("what task " + std::to_string(task) + " hands on is not its own, of " +
                                    "another execution, or damaged");
      const std::uint64_t found = results.at<Output>(task).value, right = work_.expected(task);
      if (found != right)
        return runoff::Check::wrong("task " + std::to_string(task) + " answers " + std::to_string(found) +
                                    ", not " + std::to_string(right));
    }
    return runoff::Check::ok();
  }

 private:
  /// Of each of `from` points the neighbours among `to`.
  static std::vector<runoff::Interval> neighbours(std::size_t from, std::size_t to) {
    std::vector<runoff::Interval> all(from);
    for (std::size_t point = 0; point < from; ++point)
      all[point] = {static_cast<std::uint32_t>(point > 0 ? point - 1 : 0),
                    static_cast<std::uint32_t>(std::min(point + 1, to - 1))};
    return all;
  }
  static std::span<std::byte> payload(std::size_t task, runoff::Results results) {
    return results.bytes(task).subspan(sizeof(Output));
  }
  static bool is_right(std::size_t task, std::uint64_t execution, runoff::Results results) {
    const Output& output = results.at<Output>(task);
    return output.task == task && output.execution == execution &&
           like::payload_is_right(task, payload(task, results));
  }

  like::Work work_;
  std::size_t payload_;
  std::size_t width_;
  std::vector<runoff::Interval> full_, into_last_;  // by point
};

std::vector<runoff::Parameter> parameters() {
  auto all = like::work_parameters();
  all.push_back(like::wait_parameter());
  all.push_back(like::payload_parameter());
  all.push_back(runoff::Parameter::count("width", 8, 1, 1'000'000, "tasks of a step"));
  return all;
}

}  // namespace

RUNOFF_WORKLOAD(
    LikeGraph,
    {
        .name = "like-graph",
        .summary = "tasks that are only described, each with neighbours of the step before as inputs",
        .bound = runoff::Bound::cpu,
        .source = "stencil: Task Bench (Slaughter et al., SC'20); oracle: closed forms",
        .checked_at = {"tasks=101", "width=9", "task=2us", "spread=200", "memory=100000B", "payload=37B"},
        .parameters = parameters(),
        .only_by_name = true,
    })
