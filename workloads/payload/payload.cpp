#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>

#include "runoff/python_form.h"
#include "runoff/random.h"
#include "runoff/workload_plugin.h"

namespace {

/// Each task sends back `size` bytes, which say whose they are.
class Payload final : public runoff::Independent, public runoff::PythonForm {
 public:
  explicit Payload(const runoff::Parameters& parameters)
      : tasks_(static_cast<std::size_t>(parameters.count("tasks"))),
        size_(static_cast<std::size_t>(parameters.bytes("size"))),
        size_text_(parameters.text("size")) {}

  std::size_t tasks() const override { return tasks_; }
  runoff::ResultLayout result() const override { return {size_, alignof(std::uint64_t)}; }
  std::uint64_t bytes() const override { return std::uint64_t{tasks_} * size_; }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      const auto slot = results.bytes(task);
      for_each_word(task, [&](std::size_t at, std::uint64_t word, std::size_t size) {
        std::memcpy(slot.data() + at, &word, size);
        return true;
      });
    }
  }

  std::vector<runoff::Price> prices() const override {
    return {{.name = "task that sends back " + size_text_, .per = static_cast<double>(tasks_)}};
  }

  const runoff::PythonForm* python() const override { return this; }
  void take_python(const runoff::PythonAnswer& answer, runoff::Results results) const override {
    runoff::copy_python(answer, results);
  }

  runoff::Check check(runoff::Results results) const override {
    for (std::size_t task = 0; task < tasks_; ++task) {
      const auto slot = results.bytes(task);
      std::size_t wrong = size_;
      for_each_word(task, [&](std::size_t at, std::uint64_t word, std::size_t size) {
        if (std::memcmp(slot.data() + at, &word, size) == 0) return true;
        wrong = at;
        return false;
      });
      if (wrong < size_)
        return runoff::Check::wrong("the payload of task " + std::to_string(task) + " is damaged from byte " +
                                    std::to_string(wrong) + " on");
    }
    return runoff::Check::ok();
  }

 private:
  /// Calls visit(place, word, its bytes) for every word of a task's payload until it returns false.
  template <class Visit>
  void for_each_word(std::size_t task, Visit visit) const {
    std::uint64_t word = runoff::splitmix64(task, 0);
    for (std::size_t at = 0; at < size_; at += sizeof(word), word += 0x9E3779B97F4A7C15)
      if (!visit(at, word, std::min(sizeof(word), size_ - at))) return;
  }

  std::size_t tasks_;
  std::size_t size_;
  std::string size_text_;
};

}  // namespace

RUNOFF_WORKLOAD(Payload,
                {
                    .name = "payload",
                    .summary = "tasks that each send back a payload: what it costs to get it from a worker",
                    .bound = runoff::Bound::runtime,
                    .source = "oracle: SplitMix64 (Steele, Lea & Flood, OOPSLA'14), by task and place",
                    .checked_at = {"tasks=5", "size=0B,1B,70001B"},
                    .parameters = {runoff::Parameter::count("tasks", 8, 1, 10'000'000, "tasks"),
                                   runoff::Parameter::bytes("size", "64KiB", 0, std::int64_t{1} << 40,
                                                            "bytes that each task sends back")},
                })
