#include "advise/likeness.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

namespace runoff {
namespace {

enum Likeness { loop, waiting, graph, tree };

// Of tasks of steps alone.
constexpr std::int64_t some_tasks = 1'000, some_ns = 20'000, supposed_steps_per_ms = 700'000;

/// Values of the workload's parameters, one after the other.
class Settings {
 public:
  explicit Settings(const std::string& workload) : workload_(workload) {}
  Settings& set(const char* name, std::int64_t value, const char* unit = "") {
    all_.push_back(fmt::format("{}.{}={}{}", workload_, name, value, unit));
    return *this;
  }
  std::vector<std::string> take() { return std::move(all_); }

 private:
  const std::string& workload_;
  std::vector<std::string> all_;
};

/// What does not depend on how long the tasks are.
Settings settings_beside(const Description& description) {
  Settings settings(likeness_of(description));
  settings.set("tasks", description.tasks)
      .set("spread", std::llround(description.spread * 100))
      .set("memory", description.memory, "B");
  if (description.depends != Depends::tree) settings.set("payload", description.payload, "B");
  if (description.depends == Depends::stencil && description.width > 0)
    settings.set("width", description.width);
  return settings;
}

bool waits(const Description& description) { return description.wait > 0 || description.rate.has_value(); }

}  // namespace

const std::vector<std::string>& likenesses() {
  static const std::vector<std::string> names{"like", "like-waiting", "like-graph", "like-tree"};
  return names;
}

const std::string& likeness_of(const Description& description) {
  switch (description.depends) {
    case Depends::stencil:
      return likenesses()[graph];
    case Depends::tree:
      return likenesses()[tree];
    case Depends::none:
      break;
  }
  return likenesses()[waits(description) ? waiting : loop];
}

Selection selection_of(const Description& description, const Calibration& calibration,
                       std::vector<std::string> backends, std::vector<std::string> workers) {
  Settings settings = settings_beside(description);
  settings.set("task", std::llround(description.task_ns), "ns")
      .set("steps-per-ms", std::llround(calibration.steps_per_ms))
      .set("beside", std::llround(calibration.beside_ns), "ns");
  if (description.wait > 0) settings.set("wait", std::llround(description.wait * 100));
  if (description.rate) settings.set("rate", std::llround(*description.rate));
  return {.workloads = {likeness_of(description)},
          .backends = std::move(backends),
          .workers = std::move(workers),
          .set = settings.take()};
}

Selection selection_of_steps() {
  Settings settings(likenesses()[loop]);
  settings.set("tasks", some_tasks).set("task", some_ns, "ns").set("steps-per-ms", supposed_steps_per_ms);
  return {
      .workloads = {likenesses()[loop]}, .backends = {"serial"}, .workers = {"1"}, .set = settings.take()};
}

Selection selection_beside(const Description& description) {
  Settings settings = settings_beside(description);
  settings.set("task", 0, "ns");
  return {.workloads = {likeness_of(description)},
          .backends = {"serial"},
          .workers = {"1"},
          .set = settings.take()};
}

double steps_per_ms(double wall_ns) {
  const double steps = static_cast<double>(some_tasks * some_ns) / 1e6 * supposed_steps_per_ms;
  return std::clamp(steps / (wall_ns / 1e6), 1.0, 1e9);
}

double beside_ns(const Description& description, double wall_ns) {
  return wall_ns / static_cast<double>(description.tasks);
}

double stretched(const Description& description, const Calibration& calibration) {
  const double work = description.task_ns * (1 - description.wait);
  return std::max(1.0, 1 + (calibration.beside_ns - work) / description.task_ns);
}

}  // namespace runoff
