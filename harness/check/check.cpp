#include "check/check.h"

#include <algorithm>

namespace runoff {
namespace {

/// Each takes as long as a sample may: the third would tell nothing that two have not.
constexpr std::size_t most_timeouts = 2;

void add(std::vector<Remark>& all, const std::string& why, const PlannedCell& cell, Status status) {
  const auto same =
      std::find_if(all.begin(), all.end(), [&why](const Remark& one) { return one.why == why; });
  (same == all.end() ? all.emplace_back(Remark{why, {}, status}) : *same).cells.push_back(cell);
}

}  // namespace

std::optional<Held> put_to_test(const Examination& examination, const Take& take) {
  Held held;
  held.promise = examination.promise;
  held.kept = Kept::untested;
  if (examination.questions.empty()) {
    const std::string& why = examination.untested;
    held.untested.push_back({why.empty() ? "there is nothing to ask it with" : why, {}, Status::ok});
  }
  for (const Question& question : examination.questions) {
    if (held.timeouts == most_timeouts) {
      held.not_asked = examination.questions.size() - held.samples;
      break;
    }
    const auto sample = take(question);
    if (!sample) return std::nullopt;
    ++held.samples;
    const Reply reply = question.judge(*sample);
    held.kept = std::max(held.kept, reply.kept);
    held.timeouts += reply.kept == Kept::no && sample->status == Status::timeout;
    if (reply.kept == Kept::no) add(held.broken, reply.why, question.cell, sample->status);
    if (reply.kept == Kept::refused) add(held.refused, reply.why, question.cell, sample->status);
    if (reply.kept == Kept::untested) add(held.untested, reply.why, question.cell, sample->status);
  }
  return held;
}

}  // namespace runoff
