#include "report/sentence.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/units.h"
#include "support/list.h"

namespace runoff {
namespace {

std::vector<std::string> named(const Contest& contest, Verdict verdict, const Names& names) {
  std::vector<std::string> found;
  for (const SummaryRow& row : contest.rows)
    if (row.judgement.verdict == verdict)
      found.push_back(names.backend(row.cell->backend, row.cell->variant));
  return found;
}

// "19.6 ms with 2 workers, 1.95 × as fast as serial (95 % sure: 1.92 to 1.97 ×)".
std::string achievement(const SummaryRow& row) {
  std::string text =
      fmt::format("{} with {}", time_text(*row.figures.median_ns), workers_text(row.cell->workers));
  if (row.cell->is_reference() || !row.figures.speedup) return text;
  text += fmt::format(", {} × as fast as {}", ratio_text(*row.figures.speedup), reference_backend);
  if (const auto& sure = row.figures.speedup_interval)
    text += fmt::format(" (95 % sure: {} to {} ×)", ratio_text(sure->low), ratio_text(sure->high));
  return text;
}

std::string no_verdict(const Contest& contest) {
  std::size_t most = 0;
  for (const SummaryRow& row : contest.rows)
    if (row.judgement.verdict == Verdict::too_few) most = std::max(most, row.figures.n);
  if (most == 0) return "No verdict: no backend was right in all of its samples.";
  return fmt::format("No verdict with {} sample{}: it takes {} (--samples {}).", most, most == 1 ? "" : "s",
                     fewest_samples, fewest_samples);
}

}  // namespace

std::string verdict_sentence(const Contest& contest, const Names& names) {
  const SummaryRow& first = contest.rows.front();
  if (first.judgement.verdict != Verdict::fastest) return no_verdict(contest);
  const std::string winner = names.backend(first.cell->backend, first.cell->variant);
  std::vector<std::string> tied = named(contest, Verdict::tied, names);
  const std::vector<std::string> open = named(contest, Verdict::inconclusive, names);

  std::string text;
  if (contest.rows.size() > 1 && !contest.rows[1].judgement.rank) {
    text = fmt::format("Only {} can be judged: {}", winner, achievement(first));
  } else if (!tied.empty()) {
    tied.insert(tied.begin(), winner);
    text = fmt::format("{} tie, less than 3 % apart: {}", listed(tied), achievement(first));
  } else {
    text = fmt::format("{} {}: {}", winner, open.empty() ? "wins" : "leads", achievement(first));
  }
  if (!open.empty())
    text += fmt::format("; {} samples cannot say whether {} {} slower", first.figures.n, listed(open),
                        open.size() == 1 ? "is" : "are");
  const auto next = std::find_if(contest.rows.begin(), contest.rows.end(), [](const SummaryRow& row) {
    return row.judgement.verdict == Verdict::slower;
  });
  // How much longer the reference takes is said by the speed-up.
  if (next != contest.rows.end() && !(next->cell->is_reference() && first.figures.speedup))
    text += fmt::format("; {}, {}, takes {}", open.empty() ? "the next" : "the first that is surely slower",
                        names.backend(next->cell->backend, next->cell->variant),
                        longer_text(*next->judgement.ratio));
  return text + ".";
}

}  // namespace runoff
