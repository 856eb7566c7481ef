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

/// What is wrong with the figures that a cell wrote, which took so long from its start to its end.
std::string impossible(const Outcome& outcome, std::int64_t took_ns) {
  if (const std::string figure = impossible_figure(outcome); !figure.empty()) return figure;
  if (outcome.status != Status::ok) return {};
  if (outcome.wall_ns.value_or(0) == 0) return "it is ok, and took no time";
  if (took_ns <= 0) return {};
  const double told =
      static_cast<double>(*outcome.wall_ns) * static_cast<double>(outcome.iterations.value_or(1));
  if (told <= static_cast<double>(took_ns) + static_cast<double>(outcome.iterations.value_or(1))) return {};
  return std::to_string(outcome.iterations.value_or(1)) + " executions of " +
         std::to_string(*outcome.wall_ns) + " ns took longer than the process that ran them, " +
         std::to_string(took_ns) + " ns";
}

/// Whether runoff-cell could use a command line or a module as little as it says; its launcher, and a module
/// that ends the process, have exit statuses of their own.
bool was_refused(const Answer& answer) {
  constexpr int bad_arguments = 2;
  constexpr int unusable = 3;
  return answer.signal == 0 && (answer.exit_code == bad_arguments || answer.exit_code == unusable) &&
         answer.output.find("runoff-cell: ") != answer.output.npos;
}

Outcome without_left_processes(const Answer& answer, const std::filesystem::path& result) {
  if (!answer.error.empty()) return ended_with(Status::failed, answer.error);
  if (answer.gave_up)
    return ended_with(Status::crashed, with_output("its launcher failed, and did not end", answer));
  if (answer.timed_out) {
    const std::string time = format_time(std::chrono::nanoseconds(answer.wall_ns));
    const std::string& at = answer.at_the_limit;
    return ended_with(Status::timeout,
                      with_output("ended after " + time + (at.empty() ? "" : "; " + at), answer));
  }
  auto outcome = read_outcome(result);
  if (!outcome)
    return ended_with(was_refused(answer) ? Status::failed : Status::crashed,
                      with_output(answer.how + " without a result", answer));
  outcome->detail = one_line(outcome->detail);
  if (const std::string why = impossible(*outcome, answer.wall_ns); !why.empty())
    return ended_with(Status::wrong, "its result cannot be: " + why);
  if (!is_failure(outcome->status) && (answer.signal != 0 || answer.exit_code != 0)) {
    outcome->status = Status::crashed;
    outcome->detail = with_output(answer.how + " after its result was written", answer);
  } else if (outcome->status == Status::crashed) {
    outcome->detail = with_output(outcome->detail, answer);  // a worker of it ended, and may have said why
  }
  outcome->printed = one_line(answer.output);
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
