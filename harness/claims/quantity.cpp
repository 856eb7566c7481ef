#include "claims/quantity.h"

#include <type_traits>

namespace runoff {
namespace {

constexpr std::string_view once = "once_ns";

Sample::Number number_of(const Sample& sample, std::string_view quantity) {
  if (quantity == once) {
    if (!sample.startup_ns || !sample.cold_ns) return std::nullopt;
    return *sample.startup_ns + *sample.cold_ns;
  }
  if (quantity == "typical_ns") return compared_ns(sample);
  Sample::Number found;
  each_field(static_cast<const Outcome&>(sample), [&]<class Value>(const char* name, const Value& value) {
    if constexpr (std::is_same_v<Value, Sample::Number>)
      if (name == quantity) found = value;
  });
  return found;
}

}  // namespace

std::vector<std::string> quantity_names() {
  std::vector<std::string> names{std::string(once)};
  const Outcome outcome;
  each_field(outcome, [&names]<class Value>(const char* name, const Value&) {
    if constexpr (std::is_same_v<Value, Sample::Number>) names.emplace_back(name);
  });
  return names;
}

Series series_of(const Cell& cell, std::string_view quantity) {
  Series series;
  for (const Sample& sample : cell.samples) {
    if ((sample.status != Status::ok || !sample.disturbed_by.empty()) && quantity != "lost") continue;
    const auto number = number_of(sample, quantity);
    if (!number) continue;
    series.rounds.push_back(sample.sample);
    series.values.push_back(static_cast<double>(*number));
  }
  return series;
}

}  // namespace runoff
