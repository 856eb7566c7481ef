#include <cstdint>
#include <cstring>
#include <string>

#include "kernel.h"
#include "pattern.h"
#include "runoff/random.h"
#include "runoff/workload_plugin.h"

namespace graph {
namespace {

/// What a task leaves, before its payload: which task it was, in which execution, and the value of its work.
struct Output {
  std::uint32_t step;
  std::uint32_t point;
  std::uint64_t execution;  // rises by one each time; so an output of the execution before is no valid input
  std::uint64_t value;
};

/// A graph in the form of Task Bench. Every task looks at all of its inputs, payloads included, in every
/// execution.
class Graph final : public runoff::Dependent {
 public:
  explicit Graph(const runoff::Parameters& parameters)
      : steps_(static_cast<std::uint32_t>(parameters.count("steps"))),
        payload_(static_cast<std::size_t>(parameters.bytes("payload"))),
        pattern_({.kind = kind_of(parameters.text("pattern")),
                  .width = static_cast<std::uint32_t>(parameters.count("width")),
                  .steps = steps_,
                  .radix = static_cast<std::uint32_t>(parameters.count("radix")),
                  .seed = static_cast<std::uint64_t>(parameters.count("seed"))}),
        stride_(pattern_.widest()),
        tasks_(pattern_.tasks()),
        kernel_({.work = work_of(parameters.text("kernel")),
                 .grain = static_cast<std::uint64_t>(parameters.count("grain")),
                 .seed = static_cast<std::uint64_t>(parameters.count("seed")),
                 .width = stride_}),
        prices_(prices_for(parameters.text("pattern"), parameters.text("kernel"))) {}

  std::size_t tasks() const override { return tasks_; }
  std::size_t slots() const override { return steps_ * stride_; }
  runoff::ResultLayout result() const override { return {sizeof(Output) + payload_, alignof(Output)}; }
  void layout(runoff::Memory& memory) override { kernel_.layout(memory); }
  void fill(const runoff::Memory&) override { kernel_.fill(); }
  std::uint64_t bytes() const override { return tasks_ * kernel_.bytes(); }

  std::vector<runoff::Price> prices() const override { return prices_; }

  std::size_t steps() const override { return steps_; }
  std::size_t width(std::size_t step) const override { return pattern_.width(step); }
  std::size_t slot(std::size_t step, std::size_t point) const override { return step * stride_ + point; }
  std::span<const Interval> dependencies(std::size_t step, std::size_t point) const override {
    return pattern_.dependencies(step, point);
  }
  std::span<const Interval> dependents(std::size_t step, std::size_t point) const override {
    return pattern_.dependents(step, point);
  }

  void run(std::size_t step, std::size_t point, runoff::Results results) const override {
    Output& own = results.at<Output>(slot(step, point));
    const std::uint64_t execution = own.execution + 1;
    for (const Interval& inputs : dependencies(step, point))
      for (std::size_t input = inputs.first; input <= inputs.last; ++input)
        if (const char* wrong = fault(step - 1, input, execution, results))
          throw runoff::WrongInput(name(step, point) + " found that its input, " + name(step - 1, input) +
                                   ", " + wrong);
    const std::uint64_t value = kernel_.run(step, point);
    write_payload(step, point, results);
    own = {static_cast<std::uint32_t>(step), static_cast<std::uint32_t>(point), execution, value};
  }

  runoff::Check check(runoff::Results results) const override {
    const std::uint64_t execution = results.at<Output>(0).execution;
    for (std::size_t step = 0; step < steps_; ++step)
      for (std::size_t point = 0; point < width(step); ++point) {
        if (const char* wrong = fault(step, point, execution, results))
          return runoff::Check::wrong(name(step, point) + " " + wrong);
        if (!kernel_.is_right(step, point, results.at<Output>(slot(step, point)).value))
          return runoff::Check::wrong(name(step, point) + " did not do its work");
      }
    return runoff::Check::ok();
  }

 private:
  static std::string name(std::size_t step, std::size_t point) {
    return "point " + std::to_string(point) + " of step " + std::to_string(step);
  }

  /// What a runtime asks is seen where tasks do nothing.
  std::vector<runoff::Price> prices_for(const std::string& pattern, const std::string& kernel) const {
    if (kernel != "empty" || payload_ > 0) return {};
    if (pattern == "all-to-all")
      return {{.name = "barrier: step of a graph, all-to-all", .per = static_cast<double>(steps_)}};
    return {{.name = "empty task of a graph, " + pattern, .per = static_cast<double>(tasks_)}};
  }

  /// What is wrong with an output of this execution; null when nothing is.
  const char* fault(std::size_t step, std::size_t point, std::uint64_t execution,
                    runoff::Results results) const {
    const Output& output = results.at<Output>(slot(step, point));
    if (output.execution != execution || output.step != step || output.point != point)
      return "had not run in this execution";
    if (payload_ > 0 && !payload_is_right(step, point, results)) return "has a damaged payload";
    return nullptr;
  }

  /// Word i of a payload is the first word plus i times this.
  static constexpr std::uint64_t word_step = 0x9E3779B97F4A7C15;
  std::uint64_t first_word(std::size_t step, std::size_t point) const {
    return runoff::splitmix64(step, point);
  }
  std::byte* payload(std::size_t step, std::size_t point, runoff::Results results) const {
    return results.bytes(slot(step, point)).data() + sizeof(Output);
  }

  void write_payload(std::size_t step, std::size_t point, runoff::Results results) const {
    if (payload_ == 0) return;
    std::byte* bytes = payload(step, point, results);
    std::uint64_t word = first_word(step, point);
    std::size_t done = 0;
    for (; done + sizeof(word) <= payload_; done += sizeof(word), word += word_step)
      std::memcpy(bytes + done, &word, sizeof(word));
    std::memcpy(bytes + done, &word, payload_ - done);
  }

  bool payload_is_right(std::size_t step, std::size_t point, runoff::Results results) const {
    const std::byte* bytes = payload(step, point, results);
    std::uint64_t word = first_word(step, point);
    std::uint64_t differences = 0;
    std::size_t done = 0;
    for (; done + sizeof(word) <= payload_; done += sizeof(word), word += word_step) {
      std::uint64_t found;
      std::memcpy(&found, bytes + done, sizeof(found));
      differences |= found ^ word;
    }
    return differences == 0 && std::memcmp(bytes + done, &word, payload_ - done) == 0;
  }

  std::uint32_t steps_;
  std::size_t payload_;
  Pattern pattern_;
  std::size_t stride_;
  std::size_t tasks_;
  Kernel kernel_;
  std::vector<runoff::Price> prices_;
};

using runoff::Parameter;

}  // namespace
}  // namespace graph

RUNOFF_WORKLOAD(
    graph::Graph,
    {
        .name = "graph",
        .summary = "tasks that depend on tasks of the step before, in one of ten patterns",
        .bound = runoff::Bound::runtime,
        .source =
            "Task Bench (Slaughter et al., SC'20): patterns, kernels, and tasks that check their inputs; "
            "oracle: closed forms",
        .checked_at =
            {"width=9", "steps=23", "grain=10", "payload=37B",
             "pattern=stencil,trivial,no-comm,nearest-k,spread-k,fft,tree,all-to-all,random,wavefront"},
        .parameters =
            {
                runoff::Parameter::choice("pattern", graph::kind_names(),
                                          "which points of the step before a task needs"),
                runoff::Parameter::count("width", 8, 1, 1'000'000, "points, the tasks of a step"),
                runoff::Parameter::count("steps", 1'000, 1, 10'000'000, "steps"),
                runoff::Parameter::count(
                    "radix", 3, 1, 1'000'000,
                    "dependencies of a task: nearest-k, spread-k, random; up to the width"),
                runoff::Parameter::choice(
                    "kernel", graph::work_names(),
                    "what a task does: multiply-adds, nothing, a stream from memory, a wait, "
                    "or multiply-adds of uneven number"),
                runoff::Parameter::count(
                    "grain", 1'000, 0, 1'000'000'000,
                    "work of a task: iterations of 128 FLOP (imbalance: on average), blocks "
                    "of 4 KiB, ns of busy-wait"),
                runoff::Parameter::bytes("payload", "0B", 0, std::int64_t{1} << 36,
                                         "bytes that a task sends to its dependents, beside its own number"),
                runoff::Parameter::count("seed", 1, 0, 1'000'000'000, "of random and of imbalance"),
            },
        .grain = "grain",
    })
