#include "support/scale.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>

namespace runoff {
namespace {

struct Unit {
  double factor;
  const char* name;
};
constexpr std::array<Unit, 4> times{{{1, "ns"}, {1e3, "µs"}, {1e6, "ms"}, {1e9, "s"}}};
constexpr std::array<Unit, 5> sizes{
    {{1, "B"}, {0x1p10, "KiB"}, {0x1p20, "MiB"}, {0x1p30, "GiB"}, {0x1p40, "TiB"}}};

/// The largest that the value has one of; the smallest where it has none.
const Unit& unit_of(double value, std::span<const Unit> units) {
  std::size_t i = units.size() - 1;
  while (i > 0 && value < units[i].factor) --i;
  return units[i];
}

}  // namespace

std::string with_decimals(double value, int decimals) {
  std::array<char, 350> text;  // has room for any number
  const auto end = std::to_chars(text.begin(), text.end(), value, std::chars_format::fixed, decimals).ptr;
  return {text.begin(), end};
}

int decimals_of(double value) {
  if (!(value > 0)) return 2;
  constexpr int most = 9;
  constexpr double rounded_up = 0.9995;  // 9.996 is shown as 10.0
  return std::clamp(2 - static_cast<int>(std::floor(std::log10(value / rounded_up) + 1e-9)), 0, most);
}

Scale Scale::of_time(double reference_ns) {
  const Unit& unit = unit_of(reference_ns, times);
  return {unit.factor, unit.name, unit.factor == 1};
}

Scale Scale::of_short_time(double reference_ns) {
  const Unit& unit = unit_of(reference_ns, times);
  return {unit.factor, unit.name, false};
}

Scale Scale::of_bytes(double reference) {
  const Unit& unit = unit_of(reference, sizes);
  return {unit.factor, unit.name, unit.factor == 1};
}

std::string Scale::number(double value) const {
  return with_decimals(value / factor_, whole_ ? 0 : decimals_of(value / factor_));
}

std::string Scale::text(double value) const { return number(value) + " " + unit_; }

}  // namespace runoff
