#include "claims/answers_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/units.h"
#include "report/wrap.h"
#include "support/scale.h"

namespace runoff {
namespace {

constexpr std::string_view hole = "{}";
constexpr std::size_t margin = 4;
constexpr std::string_view legend =
    " Figures with their 95 % intervals, as they are after so many looks; a place says yes where the whole "
    "interval "
    "lies on the named side, and no where it lies on the other.";

Style style_of(Truth answer) {
  switch (answer) {
    case Truth::holds:
      return Style::good;
    case Truth::does_not_hold:
      return Style::bad;
    case Truth::depends:
      return Style::bold;
    case Truth::undecided:
      return Style::caution;
  }
  return Style::plain;
}

/// A number, or a time or a size where the figure is no ratio.
std::string figure_text(double value, const Comparison& comparison) {
  if (comparison.to) return ratio_text(value);
  const std::string_view quantity = comparison.of.quantity;
  if (quantity.ends_with("_ns")) return time_text(value);
  if (quantity.ends_with("bytes")) return Scale::of_bytes(value).text(value);
  constexpr double nothing = 1e-3, million = 1e6;  // logarithms know no 0
  if (value < nothing) return "0";
  return value < million ? fmt::format("{:.{}f}", value, value < 10 && value != std::floor(value) ? 1 : 0)
                         : fmt::format("{:.3g} million", value / million);
}

std::string interval_text(const PlaceAnswer& place) {
  const Comparison& comparison = *place.comparison;
  const auto text = [&comparison](double value) { return figure_text(value, comparison); };
  return fmt::format("{} to {}; yes {} {}", text(place.figure->low), text(place.figure->high),
                     comparison.at_least ? "from" : "up to",
                     text(comparison.at_least.value_or(comparison.at_most.value_or(0))));
}

std::string more_text(const PlaceAnswer& place) {
  if (!place.more_would_help) return "more samples would hardly settle it";
  if (!place.enough) return "it cannot be said how many more samples would settle it";
  const auto rounds = static_cast<unsigned>(place.rounds);
  const unsigned more = *place.enough - std::min(*place.enough, rounds);
  return fmt::format("about {} more sample{} would settle it", more, more == 1 ? "" : "s");
}

std::string with_figure(const std::string& sentence, const std::string& figure) {
  const std::size_t at = sentence.find(hole);
  return at == sentence.npos ? sentence : sentence.substr(0, at) + figure + sentence.substr(at + hole.size());
}

/// "3 hold", "1 holds".
std::string counted(std::size_t number, const char* one, const char* many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

std::string summary_text(std::span<const ClaimAnswer> answers) {
  const auto number = [answers](Truth wanted) {
    return static_cast<std::size_t>(std::count_if(
        answers.begin(), answers.end(), [wanted](const auto& one) { return one.answer == wanted; }));
  };
  return fmt::format("{}: {}, {}, {}, {}.", counted(answers.size(), "claim", "claims"),
                     counted(number(Truth::holds), "holds", "hold"),
                     counted(number(Truth::does_not_hold), "does not", "do not"),
                     counted(number(Truth::depends), "depends", "depend"),
                     counted(number(Truth::undecided), "is undecided", "are undecided"));
}

}  // namespace

std::string answer_sentence(const ClaimAnswer& answer) {
  const std::string word = to_word(answer.answer);
  if (answer.answer == Truth::depends)
    return fmt::format("{}: yes {}; no {}", word, answer.places_that(Said::yes),
                       answer.places_that(Said::no));
  if (answer.answer != Truth::undecided) return word;
  if (!answer.why.empty()) return fmt::format("{}: {}", word, answer.why);
  const std::string open = answer.places_that(Said::open);
  return open.empty() ? word + ": nothing of it can be measured here"
                      : fmt::format("{}: open {}", word, open);
}

std::string place_sentence(const PlaceAnswer& place) {
  const Comparison& comparison = *place.comparison;
  const std::string why = place.why.empty() ? "" : "; " + place.why;
  if (place.figure) {
    const std::string text =
        fmt::format("{} ({})", with_figure(comparison.figure, figure_text(place.figure->value, comparison)),
                    interval_text(place));
    return place.said == Said::open ? text + "; " + more_text(place) + why : text;
  }
  if (place.said == Said::absent) return place.why;
  if (comparison.status && place.said != Said::open)
    return comparison.figure + (place.why.empty() ? "" : " (" + place.why + ")");
  return place.more_would_help ? more_text(place) + why : place.why;
}

std::string claim_answers_text(std::span<const ClaimAnswer> answers, const Page& page) {
  std::string text;
  for (const ClaimAnswer& answered : answers) {
    const Claim& claim = *answered.claim;
    const std::string number = fmt::format("{:>2}  ", claim.number), indent(margin, ' ');
    text += number + page.paint(Style::bold, wrapped(claim.sentence, indent, page.width(), margin)) + "\n";
    text += indent +
            page.paint(style_of(answered.answer),
                       wrapped(answer_sentence(answered), indent + "  ", page.width(), margin)) +
            "\n";
    for (const PlaceAnswer& place : answered.places) {
      const std::string head = fmt::format("{}{:<5} ", indent, to_word(place.said));
      const std::string hang(head.size(), ' ');
      text +=
          head +
          wrapped(place.comparison->place + ": " + place_sentence(place), hang, page.width(), head.size()) +
          "\n";
    }
    for (const std::string& line : claim.shows)
      text += indent +
              page.paint(line.starts_with("+")   ? Style::good
                         : line.starts_with("-") ? Style::bad
                                                 : Style::dim,
                         line) +
              "\n";
    const std::string source = claim.stands_in + (claim.published.empty() ? "" : ": " + claim.published);
    text += indent +
            page.paint(Style::dim, wrapped(source + " → " + claim.page, indent, page.width(), margin)) +
            "\n\n";
  }
  return text + wrapped(summary_text(answers) + std::string(legend), "", page.width()) + "\n";
}

std::string claims_text(std::span<const Claim> claims, const Page& page) {
  std::size_t widest = 0;
  for (const Claim& claim : claims) widest = std::max(widest, claim.name.size());
  std::string text;
  for (const Claim& claim : claims) {
    const std::string head = fmt::format("{:>2}  {:<{}}  ", claim.number, claim.name, widest);
    text += fmt::format("{:>2}  {}  {}\n", claim.number,
                        page.paint(Style::bold, fmt::format("{:<{}}", claim.name, widest)),
                        wrapped(claim.sentence, std::string(head.size(), ' '), page.width(), head.size()));
  }
  return text;
}

}  // namespace runoff
