#include "claims/answer.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "claims/quantity.h"
#include "statistics/paired_ratio.h"
#include "statistics/rounds_until.h"
#include "support/list.h"
#include "support/text.h"

namespace runoff {
namespace {

constexpr double level_of_a_bound = 0.025;

/// Beyond so many times the rounds of a whole run, one more run would not settle it either.
constexpr unsigned hopeless = 4;

const Cell* measured(const PlannedCell& planned, std::span<const Cell> cells) {
  for (const Cell& cell : cells)
    if (cell.backend == planned.backend && cell.variant == planned.variant &&
        cell.workers == planned.workers && cell.problem.workload == planned.workload &&
        cell.problem.parameters == planned.parameters)
      return &cell;
  return nullptr;
}

/// What the worst sample of a cell says.
std::string detail_of(const Cell& cell) {
  for (const Sample& sample : cell.samples)
    if (sample.status == cell.status)
      return std::string(to_string(sample.status)) + (sample.detail.empty() ? "" : ": " + sample.detail);
  return {};
}

/// The samples that were taken: none that was skipped.
std::size_t taken(const Cell& cell) {
  return static_cast<std::size_t>(
      std::count_if(cell.samples.begin(), cell.samples.end(),
                    [](const Sample& sample) { return sample.status != Status::skipped; }));
}

void judge_status(const Cell& cell, Status wanted, PlaceAnswer& place) {
  place.rounds = taken(cell);
  if (cell.status == Status::unsupported) {
    place.said = Said::absent;
    place.why = detail_of(cell);
    return;
  }
  const bool all_ok = cell.status == Status::ok;
  if (wanted == Status::ok ? !all_ok && cell.status != Status::skipped : !all_ok && cell.status != wanted) {
    place.said = wanted == Status::ok ? Said::no : Said::open;
    place.why = detail_of(cell);
    return;
  }
  if (wanted != Status::ok && cell.status == wanted) {
    place.said = Said::yes;
    place.why = detail_of(cell);
    return;
  }
  const bool enough = all_ok && place.rounds >= fewest_samples;
  place.said = !enough ? Said::open : wanted == Status::ok ? Said::yes : Said::no;
  place.more_would_help = !enough && all_ok;
  place.enough = fewest_samples;
}

/// Why a cell gives no figure; empty where it does. A worker that is lost may be what is asked for.
std::string no_figure(const Cell& cell, const ClaimSide& side) {
  const bool fine = cell.status == Status::ok || (side.quantity == "lost" && cell.status == Status::crashed);
  return fine ? std::string() : detail_of(cell);
}

/// Rounds after which the nearer bound is likely to pass the threshold.
std::optional<unsigned> rounds_for(const PairedRatio& ratio, double value, double threshold, double level) {
  const auto n = static_cast<unsigned>(ratio.rounds());
  const double needed = rounds_until(std::abs(std::log(value / threshold)), ratio.spread(), n, level);
  return std::isfinite(needed) ? std::optional(static_cast<unsigned>(needed)) : std::nullopt;
}

/// "4 of 6 samples were disturbed by others": why there are fewer to compare than were taken. Empty where
/// none was.
std::string disturbed_text(const Cell& of, const Cell* to) {
  std::size_t disturbed = 0, all = 0;
  std::set<std::string> by;
  for (const Cell* cell : {&of, to}) {
    if (cell == nullptr) continue;
    all += cell->samples.size();
    for (const Sample& sample : cell->samples) {
      if (sample.disturbed_by.empty()) continue;
      ++disturbed;
      for (const std::string& one : split(sample.disturbed_by, ";")) by.insert(one);
    }
  }
  if (disturbed == 0) return {};
  const std::vector<std::string> names(by.begin(), by.end());
  return std::to_string(disturbed) + " of " + std::to_string(all) + " samples were disturbed by " +
         listed(names) + " and count for nothing";
}

void judge_figure(const Comparison& comparison, const Series& of, const Series& to, const Rules& rules,
                  PlaceAnswer& place) {
  const PairedRatio ratio(of, to);
  place.rounds = ratio.rounds();
  place.more_would_help = true;
  place.enough = fewest_samples;
  if (place.rounds < fewest_samples) return;
  const double level = rules.looks.level(level_of_a_bound, static_cast<unsigned>(place.rounds));
  const Estimate figure = ratio.estimate(level);
  place.figure = figure;
  const double threshold = comparison.at_least ? *comparison.at_least : *comparison.at_most;
  const bool above = figure.low >= threshold, below = figure.high < threshold;
  if (above || below) {
    place.said = above == comparison.at_least.has_value() ? Said::yes : Said::no;
    place.more_would_help = false;
    place.enough.reset();
    return;
  }
  place.enough = rounds_for(ratio, figure.value, threshold, level);
  const auto& looks = rules.looks.rounds();
  if (!looks.empty() && (!place.enough || *place.enough > hopeless * looks.back()))
    place.more_would_help = false;
}

PlaceAnswer answer_place(const FoundComparison& found, std::span<const Cell> cells, const Rules& rules) {
  const Comparison& comparison = *found.comparison;
  PlaceAnswer place{.comparison = &comparison};
  for (const FoundCell* side : {&found.of, &found.to}) {
    if (side->absent.empty()) continue;
    place.said = Said::absent;
    place.why = side->absent;
    return place;
  }
  const Cell* of = measured(*found.of.cell, cells);
  const Cell* to = found.to.cell ? measured(*found.to.cell, cells) : nullptr;
  if (of == nullptr || (comparison.to && to == nullptr)) {
    place.why = "not measured yet";
    place.more_would_help = true;
    place.enough = fewest_samples;
    return place;
  }
  if (comparison.status) {
    judge_status(*of, *comparison.status, place);
    return place;
  }
  for (const auto& [cell, side] :
       {std::pair(of, &comparison.of), std::pair(to, to ? &*comparison.to : nullptr)}) {
    if (cell == nullptr) continue;
    place.why = no_figure(*cell, *side);
    if (place.why.empty()) continue;
    if (cell->status == Status::unsupported) place.said = Said::absent;
    return place;
  }
  Series one = series_of(*of, comparison.of.quantity), other;
  if (to != nullptr)
    other = series_of(*to, comparison.to->quantity);
  else
    other = {.rounds = one.rounds, .values = std::vector<double>(one.size(), 1.0)};
  judge_figure(comparison, one, other, rules, place);
  if (place.said == Said::open) place.why = disturbed_text(*of, to);
  return place;
}

Truth combine(std::span<const PlaceAnswer> places) {
  const auto any = [places](Said said) {
    return std::any_of(places.begin(), places.end(),
                       [said](const PlaceAnswer& one) { return one.said == said; });
  };
  if (any(Said::yes) && any(Said::no)) return Truth::depends;
  if (any(Said::open)) return Truth::undecided;
  if (any(Said::yes)) return Truth::holds;
  return any(Said::no) ? Truth::does_not_hold : Truth::undecided;
}

}  // namespace

const char* to_word(Truth answer) {
  switch (answer) {
    case Truth::holds:
      return "holds";
    case Truth::does_not_hold:
      return "does not hold";
    case Truth::depends:
      return "depends";
    case Truth::undecided:
      return "undecided";
  }
  return "";
}

const char* to_word(Said said) {
  switch (said) {
    case Said::yes:
      return "yes";
    case Said::no:
      return "no";
    case Said::open:
      return "open";
    case Said::absent:
      return "n/a";
  }
  return "";
}

std::string ClaimAnswer::places_that(Said said) const {
  std::vector<std::string> names;
  for (const PlaceAnswer& place : places)
    if (place.said == said) names.push_back(place.comparison->place);
  return listed(names, 6);
}

unsigned ClaimAnswer::rounds_more() const {
  unsigned more = 0;
  for (const PlaceAnswer& place : places)
    if (place.said == Said::open && place.enough)
      more = std::max(more, *place.enough - std::min(*place.enough, static_cast<unsigned>(place.rounds)));
  return more;
}

ClaimAnswer answer_claim(const FoundClaim& claim, std::span<const Cell> cells, const Rules& rules) {
  ClaimAnswer answer{.claim = claim.claim, .answer = Truth::undecided, .places = {}, .why = claim.unfit};
  for (const FoundComparison& comparison : claim.comparisons)
    answer.places.push_back(answer_place(comparison, cells, rules));
  answer.answer = combine(answer.places);
  return answer;
}

std::vector<ClaimAnswer> answer_all(std::span<const FoundClaim> claims, std::span<const Cell> cells,
                                    const Rules& rules) {
  std::vector<ClaimAnswer> answers;
  for (const FoundClaim& claim : claims) answers.push_back(answer_claim(claim, cells, rules));
  return answers;
}

Standing standing_of(std::span<const FoundClaim> claims, std::span<const Cell> cells, const Rules& rules) {
  Standing standing;
  for (const FoundClaim& claim : claims) {
    const ClaimAnswer answered = answer_claim(claim, cells, rules);
    ++standing.verdicts;
    OpenQuestion question;
    unsigned enough = 0;
    for (std::size_t i = 0; i < answered.places.size(); ++i) {
      const PlaceAnswer& place = answered.places[i];
      if (place.said != Said::open || !place.more_would_help) continue;
      for (const FoundCell* side : {&claim.comparisons[i].of, &claim.comparisons[i].to}) {
        const Cell* cell = side->cell ? measured(*side->cell, cells) : nullptr;
        if (cell != nullptr &&
            std::find(question.cells.begin(), question.cells.end(), cell) == question.cells.end())
          question.cells.push_back(cell);
      }
      enough = std::max(enough, place.enough.value_or(OpenQuestion::never));
    }
    if (question.cells.empty()) {
      ++standing.settled;
      continue;
    }
    question.enough.push_back(enough);
    standing.open.push_back(std::move(question));
  }
  return standing;
}

}  // namespace runoff
