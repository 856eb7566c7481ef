#include "report/pack_samples.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "support/json.h"

namespace runoff {
namespace {

bool counts_from_one(const Json& values) {
  std::int64_t next = 0;
  return std::all_of(values.begin(), values.end(), [&next](const Json& value) { return value == ++next; });
}

bool all_equal(const Json& values) {
  return std::all_of(values.begin(), values.end(),
                     [&values](const Json& value) { return value == values.front(); });
}

/// The power of ten that the smallest number but 0 has at least `digits` of; a whole one.
double unit_of(const std::vector<double>& known, int digits) {
  double smallest = 0;
  for (const double value : known)
    if (value != 0 && (smallest == 0 || std::abs(value) < smallest)) smallest = std::abs(value);
  if (smallest == 0) return 1;
  return std::max(1.0, std::pow(10, std::floor(std::log10(smallest)) - (digits - 1)));
}

Json steps_of(const Json& values, int digits) {
  std::vector<double> known;
  for (const Json& value : values)
    if (value.is_number()) known.push_back(value.get<double>());
  const double least = *std::min_element(known.begin(), known.end());
  const double unit = unit_of(known, digits);
  Json packed = {std::llround(least), std::llround(unit)};
  for (const Json& value : values)
    packed.push_back(value.is_number() ? Json(std::llround((value.get<double>() - least) / unit)) : Json());
  return packed;
}

}  // namespace

void pack_samples(Json& cells) {
  for (Json& cell : cells)
    for (auto& [name, values] : cell["samples"].items()) {
      if (name == "round" && counts_from_one(values))
        values = values.size();
      else if (name != "round" && all_equal(values))
        values = Json(values.front());
      else if (std::any_of(values.begin(), values.end(), [](const Json& value) { return value.is_number(); }))
        values = steps_of(values, name == "wall" ? 5 : 4);
    }
}

}  // namespace runoff
