#include "statistics/standing.h"

#include <algorithm>
#include <map>
#include <utility>

#include "statistics/groups.h"
#include "statistics/prices.h"

namespace runoff {
namespace {

/// Cells that are compared, and what was said of each.
struct Compared {
  std::vector<const Cell*> cells;
  std::vector<Judgement> judgements;
  std::vector<std::size_t> choices;

  void add_to(Standing& standing) const {
    OpenQuestion question;
    std::map<std::size_t, unsigned> enough;  // of choices that are compared; 0: settled
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const Judgement& judged = judgements[i];
      if (!judged.rank) continue;
      unsigned& rounds = enough.try_emplace(choices[i], 0).first->second;
      if (judged.beaten) continue;
      question.cells.push_back(cells[i]);
      if (judged.verdict != Verdict::inconclusive) continue;
      // Of several settings of a choice, the one that is settled first decides.
      const unsigned own = judged.enough.value_or(OpenQuestion::never);
      rounds = rounds == 0 ? own : std::min(rounds, own);
    }
    for (const auto& [choice, rounds] : enough)
      if (rounds > 0) question.enough.push_back(rounds);
    std::sort(question.enough.begin(), question.enough.end());
    standing.verdicts += enough.size();
    standing.settled += enough.size() - question.enough.size();
    if (question.enough.empty()) return;
    standing.open.push_back(std::move(question));
  }
};

Compared contest_of(std::span<const Cell> cells, const Rules& rules) {
  Compared compared;
  for (const Cell& cell : cells)
    if (!is_priced(cell)) compared.cells.push_back(&cell);
  compared.choices = backends_and_variants(compared.cells);
  std::vector<Contender> contenders;
  for (std::size_t i = 0; i < compared.cells.size(); ++i)
    contenders.push_back(contender(*compared.cells[i], compared.choices[i]));
  compared.judgements = judge(contenders, rules);
  return compared;
}

}  // namespace

Standing standing(std::span<const Cell> cells, const Rules& rules) {
  Standing standing;
  for (const auto& of_problem : groups_by_problem(cells)) contest_of(of_problem, rules).add_to(standing);
  std::map<std::pair<std::string, std::int64_t>, Compared> prices;
  for (PriceRow& row : price_list(cells, rules)) {
    Compared& group = prices[{row.price, row.cell->workers}];
    group.choices.push_back(group.cells.size());
    group.cells.push_back(row.cell);
    group.judgements.push_back(std::move(row.judgement));
  }
  for (const auto& [price, group] : prices) group.add_to(standing);
  return standing;
}

}  // namespace runoff
