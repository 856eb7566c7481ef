#include "cell/outcome.h"

#include <array>
#include <type_traits>

namespace runoff {
namespace {

constexpr std::array<std::pair<Status, std::string_view>, 7> statuses{{{Status::ok, "ok"},
                                                                       {Status::wrong, "wrong"},
                                                                       {Status::timeout, "timeout"},
                                                                       {Status::crashed, "crashed"},
                                                                       {Status::failed, "failed"},
                                                                       {Status::unsupported, "unsupported"},
                                                                       {Status::skipped, "skipped"}}};

}  // namespace

std::string_view to_string(Status status) {
  for (const auto& [one, name] : statuses)
    if (one == status) return name;
  return {};
}

std::optional<Status> parse_status(std::string_view text) {
  for (const auto& [one, name] : statuses)
    if (name == text) return one;
  return std::nullopt;
}

std::filesystem::path stop_mark(const std::filesystem::path& outcome) {
  return outcome.string() + ".stopped";
}

std::string impossible_figure(const Outcome& outcome) {
  std::string found;
  const auto look = [&found]<class Value>(const char* name, const Value& value) {
    if constexpr (std::is_same_v<Value, Outcome::Number>)
      if (found.empty() && value.value_or(0) < 0)
        found = std::string(name) + " is " + std::to_string(*value) + ", and no such figure is below 0";
  };
  each_field(outcome, look);
  if (!found.empty() || outcome.status != Status::ok) return found;
  if (outcome.workers_seen && outcome.workers_most && *outcome.workers_seen > *outcome.workers_most)
    return "workers_seen is more than workers_most";
  for (const auto& [share, latency] : outcome.latency_quantiles)
    if (latency < 0) return "a latency is " + std::to_string(latency) + " ns";
  return {};
}

}  // namespace runoff
