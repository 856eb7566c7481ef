#include <string>

#include "runoff/python_form.h"
#include "runoff/workload_plugin.h"

namespace {

/// A parallel loop of many tasks that do nothing: what it costs to hand one out. There is no result: that
/// each task ran once, in every execution, the harness sees for itself.
class Dispatch final : public runoff::Independent, public runoff::PythonForm {
 public:
  explicit Dispatch(const runoff::Parameters& parameters)
      : tasks_(static_cast<std::size_t>(parameters.count("tasks"))) {}

  std::size_t tasks() const override { return tasks_; }
  runoff::ResultLayout result() const override { return {0, 1}; }
  void run(runoff::Range, runoff::Results) const override {}

  std::vector<runoff::Price> prices() const override {
    return {{.name = "empty task in a loop", .per = static_cast<double>(tasks_)}};
  }

  const runoff::PythonForm* python() const override { return this; }
  void take_python(const runoff::PythonAnswer& answer, runoff::Results) const override {
    if (runoff::PythonValue(answer).number<std::size_t>() != answer.task)
      throw runoff::WrongInput("task " + std::to_string(answer.task) + " did not return its number");
  }

  runoff::Check check(runoff::Results) const override { return runoff::Check::ok(); }

 private:
  std::size_t tasks_;
};

}  // namespace

RUNOFF_WORKLOAD(
    Dispatch,
    {
        .name = "dispatch",
        .summary = "a loop of many empty tasks: what handing one out costs",
        .bound = runoff::Bound::runtime,
        .source = "EPCC OpenMP micro-benchmarks (Bull, EWOMP'99): schedules; without subtracting a reference",
        .checked_at = {"tasks=1001"},
        .parameters = {runoff::Parameter::count("tasks", 10'000, 1, 100'000'000, "tasks")},
    })
