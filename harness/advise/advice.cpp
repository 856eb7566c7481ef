#include "advise/advice.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "report/table.h"
#include "report/units.h"
#include "report/wrap.h"
#include "support/list.h"

namespace runoff {
namespace {

/// The row of the same backend and variant; null where there is none.
const SummaryRow* same_choice(const Contest& contest, const SummaryRow& choice) {
  const auto found = std::find_if(contest.rows.begin(), contest.rows.end(), [&choice](const SummaryRow& row) {
    return row.cell->backend == choice.cell->backend && row.cell->variant == choice.cell->variant;
  });
  return found == contest.rows.end() ? nullptr : &*found;
}

// What is surely further behind is not best where the work is twice or half as much.
constexpr double far_behind = 1.5;
constexpr std::size_t most_contenders = 5;

bool is_judged(const SummaryRow& row) { return row.judgement.rank.has_value(); }

std::vector<AtNeighbour> look_at_neighbours(const SummaryRow& choice, std::span<const Neighbour> neighbours,
                                            std::span<const Contest* const> contests) {
  std::vector<AtNeighbour> all;
  for (std::size_t i = 0; i < neighbours.size(); ++i) {
    AtNeighbour one{&neighbours[i], nullptr, {}};
    const SummaryRow* row = contests[i] == nullptr ? nullptr : same_choice(*contests[i], choice);
    if (row != nullptr && is_judged(*row)) {
      one.contest = contests[i];
      if (row->judgement.verdict == Verdict::slower) one.behind = row->judgement.ratio;
    }
    all.push_back(one);
  }
  return all;
}

/// Neighbours at which it was not judged.
std::size_t neighbours_left(const Advice& advice) { return advice.neighbours.size() - advice.measured(); }

/// "--task 10us"
std::string neighbour_name(const Neighbour& one) { return fmt::format("--{} {}", one.word, one.value); }

std::string best_name(const Contest& contest, const Names& names) {
  const Cell& cell = *contest.rows.front().cell;
  return names.backend(cell.backend, cell.variant);
}

}  // namespace

std::size_t Advice::measured() const {
  return static_cast<std::size_t>(std::count_if(neighbours.begin(), neighbours.end(),
                                                [](const auto& one) { return one.contest != nullptr; }));
}

std::size_t Advice::surely_behind() const {
  return static_cast<std::size_t>(std::count_if(neighbours.begin(), neighbours.end(),
                                                [](const auto& one) { return one.behind.has_value(); }));
}

Advice advise(const Contest& contest, std::span<const Neighbour> neighbours,
              std::span<const Contest* const> contests) {
  Advice best{&contest, nullptr, {}};
  for (const SummaryRow& row : contest.rows) {
    if (!is_judged(row)) continue;
    const bool stands = row.judgement.verdict == Verdict::fastest || row.judgement.verdict == Verdict::tied;
    if (!stands && best.choice != nullptr) continue;
    Advice one{&contest, &row, look_at_neighbours(row, neighbours, contests)};
    const auto order = [](const Advice& advice) {
      return std::pair(neighbours_left(advice), advice.surely_behind());
    };
    if (best.choice == nullptr || order(one) < order(best)) best = std::move(one);
  }
  if (best.choice == nullptr)
    for (const Neighbour& one : neighbours) best.neighbours.push_back({&one, nullptr, {}});
  return best;
}

std::vector<const SummaryRow*> contenders(const Contest& contest) {
  std::vector<const SummaryRow*> found;
  for (const SummaryRow& row : contest.rows) {
    if (!is_judged(row) || found.size() == most_contenders) break;
    if (row.judgement.verdict != Verdict::slower || row.judgement.ratio->low < far_behind)
      found.push_back(&row);
  }
  return found;
}

std::string sensitivity_sentence(const Advice& advice, const Names& names) {
  if (advice.choice == nullptr) return {};
  const std::string choice = names.backend(advice.choice->cell->backend, advice.choice->cell->variant);
  const std::size_t measured = advice.measured();
  if (measured == 0)
    return fmt::format(
        "not measured, as there was no time: whether {} stays right where the description is off by a factor "
        "of two.",
        choice);
  std::vector<std::string> left_out;
  for (const AtNeighbour& one : advice.neighbours)
    if (one.contest == nullptr) left_out.push_back(neighbour_name(*one.neighbour));
  const std::string rest =
      left_out.empty() ? "" : fmt::format(" No time was left for {}.", listed(left_out, 6));
  if (advice.surely_behind() == 0)
    return fmt::format(
        "{} stays a good choice where one word of the description is off by a factor of two: it is surely "
        "slower than "
        "another at none of the {} neighbours that were measured.{}",
        choice, measured, rest);
  std::vector<std::string> changes;
  for (const AtNeighbour& one : advice.neighbours)
    if (one.behind)
      changes.push_back(fmt::format("with {} {} is best, and {} takes {}", neighbour_name(*one.neighbour),
                                    best_name(*one.contest, names), choice, longer_text(*one.behind)));
  return fmt::format("Were the description off by a factor of two, the answer may change: {}.{}",
                     listed(changes, 6), rest);
}

std::string neighbours_text(const Advice& advice, const Names& names, const Page& page) {
  if (advice.choice == nullptr || advice.measured() == 0) return {};
  Table table({Align::left, Align::left, Align::right, {Align::left, 1}, Align::right});
  const std::string choice = names.backend(advice.choice->cell->backend, advice.choice->cell->variant);
  table.add({{"if it were", Style::dim},
             {"best", Style::dim},
             {"time", Style::dim},
             {"tied", Style::dim},
             {choice, Style::dim}});
  for (const AtNeighbour& one : advice.neighbours) {
    if (one.contest == nullptr) continue;
    const SummaryRow& first = one.contest->rows.front();
    std::vector<std::string> tied;
    for (const SummaryRow& row : one.contest->rows)
      if (row.judgement.verdict == Verdict::tied && &row != &first)
        tied.push_back(names.backend(row.cell->backend, row.cell->variant));
    const SummaryRow& here = *same_choice(*one.contest, *advice.choice);
    table.add({{neighbour_name(*one.neighbour)},
               {best_name(*one.contest, names)},
               {time_text(*first.figures.median_ns)},
               {listed(tied, 3), Style::good},
               {one.behind ? ratio_text(one.behind->value) + " ×" : here.judgement.word,
                one.behind ? Style::caution : Style::plain}});
  }
  return table.text(page);
}

}  // namespace runoff
