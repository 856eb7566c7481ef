#pragma once

#include <array>
#include <charconv>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace runoff {

/// What of a sample a price is read from; see the columns of samples.csv.
enum class Quantity { wall, cold, startup, cpu, memory };

inline constexpr std::array<std::string_view, 5> quantity_names{"wall", "cold", "startup", "cpu", "memory"};

/// What something costs in a runtime, as a workload shows it: a quantity of the sample, shared out over how
/// often it was paid. Nothing is subtracted.
struct Price {
  std::string name = {};  ///< "empty task in a loop"; without '=', ';' and line breaks
  Quantity quantity = Quantity::wall;
  double per = 1;           ///< times that one execution pays it; above 0
  bool per_worker = false;  ///< shared out over the workers as well
};

/// `name=quantity/per` or `name=quantity/worker`, joined by ';': the form of the CSV.
inline std::string canonical(std::span<const Price> prices) {
  std::string joined;
  for (const Price& price : prices) {
    joined += joined.empty() ? "" : ";";
    joined += price.name + "=";
    joined += quantity_names[static_cast<std::size_t>(price.quantity)];
    if (price.per != 1) {
      std::array<char, 32> digits{};
      const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), price.per);
      joined.append("/").append(digits.data(), end.ptr);
    }
    if (price.per_worker) joined += "/worker";
  }
  return joined;
}

}  // namespace runoff
