#include "run/outcome.h"

#include <fmt/format.h>

#include <array>
#include <csignal>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

namespace runoff {
namespace {

constexpr std::array<std::pair<const char*, Sample::Number Sample::*>, 17> numbers{{
    {"wall_ns", &Sample::wall_ns},
    {"cpu_ns", &Sample::cpu_ns},
    {"startup_ns", &Sample::startup_ns},
    {"cold_ns", &Sample::cold_ns},
    {"tasks", &Sample::tasks},
    {"iterations", &Sample::iterations},
    {"bytes", &Sample::bytes},
    {"peak_memory_bytes", &Sample::peak_memory_bytes},
    {"voluntary_switches", &Sample::voluntary_switches},
    {"involuntary_switches", &Sample::involuntary_switches},
    {"workers_seen", &Sample::workers_seen},
    {"latency_p50_ns", &Sample::latency_p50_ns},
    {"latency_p95_ns", &Sample::latency_p95_ns},
    {"latency_p99_ns", &Sample::latency_p99_ns},
    {"latency_max_ns", &Sample::latency_max_ns},
    {"tasks_failed", &Sample::tasks_failed},
    {"bytes_copied", &Sample::bytes_copied},
}};

/// False when there is no whole result.
bool read_result(const std::filesystem::path& file, Sample& sample) {
  const auto json = nlohmann::json::parse(std::ifstream(file), nullptr, false);
  if (!json.is_object()) return false;
  const auto status = parse_status(json.value("status", ""));
  if (!status) return false;
  sample.status = *status;
  sample.detail = one_line(json.value("detail", ""));
  sample.prices = json.value("prices", "");
  for (const auto& [name, member] : numbers)
    if (const auto value = json.find(name); value != json.end() && value->is_number())
      sample.*member = value->get<std::int64_t>();
  sample.latency_quantiles = json.value("latency_quantiles", decltype(sample.latency_quantiles){});
  return true;
}

/// "killed by signal 11 (Segmentation fault)".
std::string how_it_ended(const Answer& answer) {
  if (answer.signal == 0) return fmt::format("exit status {}", answer.exit_code);
  const char* hint = answer.signal == SIGKILL ? "; out of memory?" : "";
  return fmt::format("killed by signal {} ({}){}", answer.signal, ::strsignal(answer.signal), hint);
}

std::string with_output(const std::string& text, const Answer& answer) {
  const std::string last = one_line(answer.output);
  return last.empty() ? text : text + ": " + last;
}

}  // namespace

void read_outcome(const Answer& answer, const std::filesystem::path& result, Sample& sample) {
  // runoff-cell's own exit statuses for a command line or a module that it cannot use.
  constexpr int bad_arguments = 2;
  constexpr int unusable = 3;
  if (!answer.error.empty()) {
    sample.status = Status::failed;
    sample.detail = answer.error;
  } else if (answer.timed_out) {
    sample.status = Status::timeout;
    sample.detail = with_output(
        fmt::format("ended after {}", format_time(std::chrono::nanoseconds(answer.wall_ns))), answer);
  } else if (!read_result(result, sample)) {
    const bool refused =
        answer.signal == 0 && (answer.exit_code == bad_arguments || answer.exit_code == unusable);
    sample.status = refused ? Status::failed : Status::crashed;
    sample.detail = with_output(how_it_ended(answer) + " without a result", answer);
  } else if (!is_failure(sample.status) && (answer.signal != 0 || answer.exit_code != 0)) {
    sample.status = Status::crashed;
    sample.detail = with_output(how_it_ended(answer) + " after its result was written", answer);
  }
  if (answer.left > 0)
    sample.detail += fmt::format("{}{} of its processes could not be ended",
                                 sample.detail.empty() ? "" : "; ", answer.left);
}

}  // namespace runoff
