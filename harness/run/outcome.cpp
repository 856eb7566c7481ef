#include "run/outcome.h"

#include <chrono>

#include "support/text.h"

namespace runoff {
namespace {

Outcome ended_with(Status status, std::string detail) {
  Outcome outcome;
  outcome.status = status;
  outcome.detail = std::move(detail);
  return outcome;
}

std::string with_output(const std::string& text, const Answer& answer) {
  const std::string last = one_line(answer.output);
  return last.empty() ? text : text + ": " + last;
}

Outcome without_left_processes(const Answer& answer, const std::filesystem::path& result) {
  // runoff-cell's own exit statuses for a command line or a module that it cannot use.
  constexpr int bad_arguments = 2;
  constexpr int unusable = 3;
  if (!answer.error.empty()) return ended_with(Status::failed, answer.error);
  if (answer.timed_out) {
    const std::string time = format_time(std::chrono::nanoseconds(answer.wall_ns));
    return ended_with(Status::timeout, with_output("ended after " + time, answer));
  }
  auto outcome = read_outcome(result);
  if (!outcome) {
    const bool refused =
        answer.signal == 0 && (answer.exit_code == bad_arguments || answer.exit_code == unusable);
    return ended_with(refused ? Status::failed : Status::crashed,
                      with_output(answer.how + " without a result", answer));
  }
  outcome->detail = one_line(outcome->detail);
  if (!is_failure(outcome->status) && (answer.signal != 0 || answer.exit_code != 0)) {
    outcome->status = Status::crashed;
    outcome->detail = with_output(answer.how + " after its result was written", answer);
  }
  return *outcome;
}

}  // namespace

Outcome outcome_of(const Answer& answer, const std::filesystem::path& result) {
  Outcome outcome = without_left_processes(answer, result);
  if (answer.left > 0)
    outcome.detail += (outcome.detail.empty() ? "" : "; ") + std::to_string(answer.left) +
                      " of its processes could not be ended";
  return outcome;
}

}  // namespace runoff
