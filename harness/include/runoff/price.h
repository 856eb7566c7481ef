#pragma once

#include <array>
#include <string>
#include <string_view>

namespace runoff {

/// What of a sample a price is read from; see the columns of samples.csv.
enum class Quantity { wall, cold, startup, cpu, memory };

inline constexpr std::array<std::string_view, 5> quantity_names{"wall", "cold", "startup", "cpu", "memory"};

/// What something costs in a runtime, as a workload shows it: a quantity of the sample, shared out over how
/// often it was paid. Nothing is subtracted.
struct Price {
  std::string name = {};  ///< "empty task in a loop"; one line, without '=' and ';'
  Quantity quantity = Quantity::wall;
  double per = 1;           ///< times that one execution pays it; above 0
  bool per_worker = false;  ///< shared out over the workers as well
};

}  // namespace runoff
