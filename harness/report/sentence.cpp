#include "report/sentence.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

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

bool contains_verdict(const Contest& contest, Verdict verdict) {
  return std::any_of(contest.rows.begin(), contest.rows.end(),
                     [verdict](const SummaryRow& row) { return row.judgement.verdict == verdict; });
}

// "19.6 ms with 2 workers, 1.95 × as fast as serial (95 % sure: 1.92 to 1.97 ×)".
std::string achievement(const SummaryRow& row) {
  std::string text =
      fmt::format("{} with {}", time_text(*row.figures.median_ns), workers_text(row.cell->workers));
  if (row.cell->is_reference() || !row.figures.speedup) return text;
  text += fmt::format(", {} × as fast as {}", ratio_text(*row.figures.speedup),
                      row.cell->problem.reference_name());
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

/// "6 samples", "6 to 13 samples": of those that are compared.
std::string samples_of(const Contest& contest) {
  std::size_t least = std::numeric_limits<std::size_t>::max(), most = 0;
  for (const SummaryRow& row : contest.rows) {
    if (!row.judgement.rank) continue;
    least = std::min(least, row.figures.n);
    most = std::max(most, row.figures.n);
  }
  return least == most ? fmt::format("{} samples", most) : fmt::format("{} to {} samples", least, most);
}

/// How the sentence begins: what is sure about the first places.
std::string beginning(const Contest& contest, const Names& names, double precision) {
  const SummaryRow& first = contest.rows.front();
  const std::string leader = names.backend(first.cell->backend, first.cell->variant);
  const std::vector<std::string> tied = named(contest, Verdict::tied, names);
  const bool open = contains_verdict(contest, Verdict::inconclusive);
  if (contest.rows.size() == 1) return fmt::format("Only {} was measured: {}", leader, achievement(first));
  if (!contest.rows[1].judgement.rank)
    return fmt::format("Only {} can be judged: {}", leader, achievement(first));
  if (first.judgement.verdict == Verdict::fastest) {
    std::string text = fmt::format("{} wins: {}", leader, achievement(first));
    if (!tied.empty())
      text += fmt::format("; {} {} less than {} behind", listed(tied), tied.size() == 1 ? "is" : "are",
                          percent_text(precision));
    return text;
  }
  if (tied.size() > 1 && !open)
    return fmt::format("{} tie, less than {} apart: {}", listed(tied), percent_text(precision),
                       achievement(first));
  if (tied.empty()) return fmt::format("{} leads, but is not sure to win: {}", leader, achievement(first));
  return fmt::format("{} {} surely less than {} behind the best: {}", listed(tied),
                     tied.size() == 1 ? "is" : "are", percent_text(precision), achievement(first));
}

}  // namespace

std::string verdict_sentence(const Contest& contest, const Names& names, double precision) {
  const SummaryRow& first = contest.rows.front();
  if (!first.judgement.rank) return no_verdict(contest);
  const std::vector<std::string> open = named(contest, Verdict::inconclusive, names);
  std::string text = beginning(contest, names, precision);
  if (!open.empty()) {
    const std::vector<std::string> others =
        first.judgement.verdict == Verdict::inconclusive ? std::vector(open.begin() + 1, open.end()) : open;
    if (!others.empty())
      text += fmt::format("; {} cannot say whether {} {} slower", samples_of(contest), listed(others),
                          others.size() == 1 ? "is" : "are");
  }
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
