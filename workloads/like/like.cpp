#include <string>

#include "payload.h"
#include "runoff/workload_plugin.h"
#include "work.h"

namespace {

/// A parallel loop of tasks that are only described.
class Like final : public runoff::Independent {
 public:
  explicit Like(const runoff::Parameters& parameters)
      : work_(parameters), payload_(static_cast<std::size_t>(parameters.bytes("payload"))) {}

  std::size_t tasks() const override { return work_.tasks(); }
  runoff::ResultLayout result() const override { return {sizeof(Value) + payload_, alignof(Value)}; }
  std::uint64_t bytes() const override { return work_.bytes() + tasks() * payload_; }

  void layout(runoff::Memory& memory) override { work_.layout(memory); }
  bool filled_by_workers() const override { return true; }
  void fill_part(runoff::Range range, runoff::Results results) const override {
    if (range.first == range.last) return;
    const std::byte* first = results.bytes(range.first).data();
    runoff::Memory::populate({first, results.bytes(range.last - 1).data() + result().size});
    work_.fill(range.first, range.last);
  }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      results.at<Value>(task) = work_.run(task);
      like::write_payload(task, results.bytes(task).subspan(sizeof(Value)));
    }
  }

  runoff::Check check(runoff::Results results) const override {
    for (std::size_t task = 0; task < tasks(); ++task) {
      const Value found = results.at<Value>(task), right = work_.expected(task);
      if (found != right)
        return runoff::Check::wrong("task " + std::to_string(task) + " answers " + std::to_string(found) +
                                    ", not " + std::to_string(right));
      if (!like::payload_is_right(task, results.bytes(task).subspan(sizeof(Value))))
        return runoff::Check::wrong("the payload of task " + std::to_string(task) + " is damaged");
    }
    return runoff::Check::ok();
  }

 private:
  using Value = std::uint64_t;

  like::Work work_;
  std::size_t payload_;
};

std::vector<runoff::Parameter> parameters() {
  auto all = like::work_parameters();
  all.push_back(like::payload_parameter());
  return all;
}

}  // namespace

RUNOFF_WORKLOAD(Like,
                {
                    .name = "like",
                    .summary = "a loop of tasks that are only described: length, spread, memory, payload",
                    .bound = runoff::Bound::cpu,
                    .source = "oracle: closed forms; steps: the generator of Knuth's MMIX",
                    .checked_at = {"tasks=37", "task=2us", "spread=200", "memory=100000B", "payload=37B"},
                    .parameters = parameters(),
                    .only_by_name = true,
                })
