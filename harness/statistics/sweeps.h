#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "statistics/cells.h"
#include "statistics/verdict.h"

namespace runoff {

/// What a person can choose: a backend with a variant.
struct Choice {
  std::string backend;
  std::string variant;  ///< where concurrency is swept, without the option that only sets it

  auto operator<=>(const Choice&) const = default;
};

/// A choice's best cell at a stop, and how it was judged there.
struct Placed {
  Choice choice;
  const Cell* cell = nullptr;
  Judgement judgement;

  /// Fastest, tied, or not surely slower.
  bool is_open() const;
};

/// One value of what a sweep varies, with each choice's best cell there; by rank, then those without one.
struct Stop {
  std::string value;  ///< as it was given: "10ms"
  double number = 0;  ///< in the unit's base
  std::vector<Placed> placed;
};

/// What happens to the ranking when one thing is varied and all else is the same: a parameter of a workload,
/// or the concurrency.
struct Sweep {
  static constexpr const char* concurrency = "concurrency";

  std::string workload;
  std::string axis;         ///< the parameter's name, or `concurrency`
  std::string others;       ///< the other parameters, joined by ';'
  std::vector<Stop> stops;  ///< two or more, in rising order, each with two choices or more

  bool of_concurrency() const { return axis == concurrency; }
};

/// The sweeps over parameters that took several numeric values while all others stayed the same. At each
/// value each choice stands with its best number of workers. Points into `cells`.
std::vector<Sweep> parameter_sweeps(std::span<const Cell> cells, const Rules& rules);

/// Of backends: the option that only says how many tasks are under way at once.
using ConcurrencyOptions = std::map<std::string, std::string>;

/// The sweeps over concurrency, of io-bound workloads. Variants that differ only in their backend's option in
/// `options` are one choice. Points into `cells`.
std::vector<Sweep> concurrency_sweeps(std::span<const Cell> cells, const ConcurrencyOptions& options,
                                      const Rules& rules);

/// Stops [first, last] of a sweep over which the same choices stay open.
struct Reign {
  std::size_t first = 0, last = 0;
  std::vector<Choice> choices;  ///< the one with the least median at the last stop first
};

/// Where the best choice changes hands. A choice is open at a stop when it is the fastest there, tied with
/// it, or not surely slower; a reign lasts as long as some choice stays open, so that a change means that all
/// of them were surely beaten. Stops at which nothing could be judged say nothing, and end none.
std::vector<Reign> reigns(const Sweep& sweep);

}  // namespace runoff
