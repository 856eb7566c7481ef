#include "check/check.h"

#include <algorithm>

namespace runoff {
namespace {

void add(std::vector<Remark>& all, const std::string& why, const PlannedCell& cell) {
  const auto same =
      std::find_if(all.begin(), all.end(), [&why](const Remark& one) { return one.why == why; });
  (same == all.end() ? all.emplace_back(Remark{why, {}}) : *same).cells.push_back(cell);
}

}  // namespace

std::optional<Held> put_to_test(const Examination& examination, const Take& take) {
  Held held;
  held.promise = examination.promise;
  held.kept = Kept::untested;
  if (examination.questions.empty()) {
    const std::string& why = examination.untested;
    held.untested.push_back({why.empty() ? "there is nothing to ask it with" : why, {}});
  }
  for (const Question& question : examination.questions) {
    const auto sample = take(question);
    if (!sample) return std::nullopt;
    ++held.samples;
    const Reply reply = question.judge(*sample);
    held.kept = std::max(held.kept, reply.kept);
    if (reply.kept == Kept::no) add(held.broken, reply.why, question.cell);
    if (reply.kept == Kept::refused) add(held.refused, reply.why, question.cell);
    if (reply.kept == Kept::untested) add(held.untested, reply.why, question.cell);
  }
  return held;
}

}  // namespace runoff
