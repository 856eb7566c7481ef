#include "claims/answers_file.h"

#include <fmt/format.h>

#include "claims/answers_text.h"
#include "record/csv.h"
#include "support/files.h"
#include "support/json.h"

namespace runoff {
namespace {

template <class Number>
Json or_null(const std::optional<Number>& number) {
  return number ? Json(*number) : Json();
}

Json place_json(const PlaceAnswer& place) {
  const Comparison& comparison = *place.comparison;
  Json json{{"place", comparison.place},
            {"says", to_word(place.said)},
            {"sentence", place_sentence(place)},
            {"rounds", place.rounds},
            {"figure", place.figure ? Json(place.figure->value) : Json()},
            {"low", place.figure ? Json(place.figure->low) : Json()},
            {"high", place.figure ? Json(place.figure->high) : Json()},
            {"at_least", or_null(comparison.at_least)},
            {"at_most", or_null(comparison.at_most)},
            {"status", comparison.status ? Json(to_string(*comparison.status)) : Json()},
            {"why", place.why}};
  return json;
}

std::string field(const std::optional<double>& number) {
  return number ? fmt::format("{:.6g}", *number) : "";
}

/// The row of one place; of a claim that has none, with a null.
CsvRow row_of(const ClaimAnswer& answered, const PlaceAnswer* place) {
  CsvRow row{std::to_string(answered.claim->number), answered.claim->name, to_word(answered.answer)};
  if (place == nullptr) {
    row.resize(12);
    row.push_back(answered.why);
    return row;
  }
  const Comparison& comparison = *place->comparison;
  row.insert(row.end(), {comparison.place, to_word(place->said), std::to_string(place->rounds)});
  for (const auto bound : {&Estimate::value, &Estimate::low, &Estimate::high})
    row.push_back(place->figure ? field((*place->figure).*bound) : "");
  row.insert(row.end(), {field(comparison.at_least), field(comparison.at_most),
                         std::string(comparison.status ? to_string(*comparison.status) : ""), place->why});
  return row;
}

}  // namespace

Json answers_json(std::span<const ClaimAnswer> answers) {
  Json claims = Json::array();
  for (const ClaimAnswer& answered : answers) {
    Json places = Json::array();
    for (const PlaceAnswer& place : answered.places) places.push_back(place_json(place));
    claims.push_back({{"number", answered.claim->number},
                      {"name", answered.claim->name},
                      {"claim", answered.claim->sentence},
                      {"stands_in", answered.claim->stands_in},
                      {"published", answered.claim->published},
                      {"page", answered.claim->page},
                      {"answer", to_word(answered.answer)},
                      {"sentence", answer_sentence(answered)},
                      {"rounds_more", answered.rounds_more()},
                      {"places", std::move(places)}});
  }
  return {{"claims", std::move(claims)}};
}

std::string answers_csv(std::span<const ClaimAnswer> answers) {
  std::string text = csv_line(CsvRow{"number", "name", "answer", "place", "says", "rounds", "figure", "low",
                                     "high", "at_least", "at_most", "status", "why"});
  for (const ClaimAnswer& answered : answers) {
    for (const PlaceAnswer& place : answered.places) text += csv_line(row_of(answered, &place));
    if (answered.places.empty()) text += csv_line(row_of(answered, nullptr));
  }
  return text;
}

std::vector<std::string> claims_of(const std::filesystem::path& file) {
  std::vector<std::string> names;
  const auto text = read_if_there(file);
  if (!text) return names;
  try {
    const Json answers = parse_json(*text);
    for (const Json& claim : answers.at("claims")) names.push_back(claim.at("name").get<std::string>());
  } catch (const JsonError&) {
    names.clear();
  }
  return names;
}

}  // namespace runoff
