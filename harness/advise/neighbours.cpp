#include "advise/neighbours.h"

#include <algorithm>
#include <cmath>

namespace runoff {
namespace {

/// What the option of that name says.
std::string value_of(const Description& description, const std::string& word) {
  const std::vector<std::string> words = options_of(description);
  const auto found = std::find(words.begin(), words.end(), "--" + word);
  if (found != words.end()) return *(found + 1);
  return word == "spread" ? "1" : "0";
}

constexpr double least_spread = 1, most_waiting = 0.99;

}  // namespace

std::vector<Neighbour> neighbours(const Description& description) {
  std::vector<Neighbour> all;
  const auto add = [&](const char* word, auto change) {
    for (const double factor : {0.5, 2.0}) {
      Description other = description;
      change(other, factor);
      if (!(other == description)) all.push_back({word, value_of(other, word), other});
    }
  };
  const auto times = [](std::int64_t value, double factor) {
    return std::llround(static_cast<double>(value) * factor);
  };
  // The waiting is a share of it, and stays what it is.
  add("task", [](Description& one, double factor) { one.task_ns = std::max(1.0, one.task_ns * factor); });
  if (description.rate)
    add("arrive",
        [](Description& one, double factor) { *one.rate = std::max(1.0, std::round(*one.rate * factor)); });
  if (description.wait > 0)
    add("wait", [](Description& one, double factor) {
      one.wait = std::min(most_waiting, std::round(one.wait * factor * 100) / 100);
    });
  if (!description.rate)
    add("tasks", [&](Description& one, double factor) {
      one.tasks = std::max<std::int64_t>(1, times(one.tasks, factor));
    });
  if (description.payload > 0)
    add("payload", [&](Description& one, double factor) { one.payload = times(one.payload, factor); });
  if (description.memory > 0)
    add("memory", [&](Description& one, double factor) { one.memory = times(one.memory, factor); });
  if (description.width > 0)
    add("width", [&](Description& one, double factor) {
      one.width = std::clamp<std::int64_t>(times(one.width, factor), 1, one.tasks);
    });
  if (description.spread > 1)
    add("spread",
        [](Description& one, double factor) { one.spread = std::max(least_spread, one.spread * factor); });
  return all;
}

}  // namespace runoff
