#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "statistics/cells.h"
#include "statistics/verdict.h"

namespace runoff {

/// A cell's place in a contest: which cell, and how it was judged.
struct Placed {
  const Cell* cell = nullptr;
  Judgement judgement;
};

/// One value of what a sweep varies, with each backend's best cell there; by rank, then those without one.
struct Stop {
  std::string value;  ///< as it was given: "10ms"
  double number = 0;  ///< in the unit's base
  std::vector<Placed> placed;
};

/// What happens to the ranking when one thing is varied and all else is the same: a parameter of a workload,
/// or the concurrency.
struct Sweep {
  std::string workload;
  std::string axis;         ///< the parameter's name, or "concurrency"
  std::string others;       ///< the other parameters, joined by ';'
  std::vector<Stop> stops;  ///< two or more, in rising order, each with two choices or more
};

/// The sweeps over parameters that took several numeric values while all others stayed the same. At each
/// value each backend and variant stands with its best number of workers. Points into `cells`.
std::vector<Sweep> parameter_sweeps(std::span<const Cell> cells);

/// The sweeps over concurrency, of io-bound workloads. A backend's variants that differ only in their
/// `in-flight` are one. Points into `cells`.
std::vector<Sweep> concurrency_sweeps(std::span<const Cell> cells);

/// Tasks that a cell has under way at once: workers times the `in-flight` of the variant, which is 1 where
/// there is none; no more than there are tasks.
std::int64_t concurrency_of(const Cell& cell);

/// The variant without its `in-flight`.
std::string without_in_flight(const std::string& variant);

/// Stops [first, last] of a sweep over which the same choices stay open.
struct Reign {
  std::size_t first = 0, last = 0;
  std::vector<const Cell*> choices;  ///< cells of the last stop; the one with the least median first
};

/// Where the best choice changes hands. A choice is open at a stop when it is the fastest there, tied with
/// it, or not surely slower; a reign lasts as long as some choice stays open, so that a change means that all
/// of them were surely beaten. Stops at which nothing could be judged say nothing, and end none.
std::vector<Reign> reigns(const Sweep& sweep);

}  // namespace runoff
