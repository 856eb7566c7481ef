#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "report/names.h"
#include "statistics/sweeps.h"

namespace runoff {

/// Who wins where, over two things that a run varies: sweeps over one of them that differ in the other alone.
struct Crossover {
  struct Row {
    std::string value;  ///< as it was given: "10ms"
    const Sweep* sweep = nullptr;
  };

  std::string workload;
  std::string across;          ///< what the sweeps go through
  std::string up;              ///< the parameter that differs from row to row
  std::string others;          ///< the other parameters, joined by ';'
  std::map<double, Row> rows;  ///< two or more, by the number that `up` has
};

/// What is told of one point of it.
struct CrossoverPoint {
  explicit CrossoverPoint(const Stop& stop) : best(stop.placed.front()) {
    const Verdict verdict = best.judgement.verdict;
    settled = verdict == Verdict::fastest || verdict == Verdict::tied;
    for (const Placed& one : stop.placed)
      if (&one != &best && one.is_open()) open.push_back(&one);
  }

  const Placed& best;  ///< the one with the least median; where none is ranked, any
  bool settled;
  std::vector<const Placed*> open;  ///< the others that are tied with it, or not surely slower
};

/// All that a run has, one of each two things. Points into `sweeps`.
std::vector<Crossover> crossovers(std::span<const Sweep> sweeps);

/// Whether all that a sweep goes through is in the map, as one of its rows or columns.
bool covers(const Crossover& map, const Sweep& sweep);

/// "fetch by latency and size"; with those of the other parameters that take several values within the run.
std::string crossover_name(const Crossover& map, const Names& names);

/// "tbb is surely the fastest at 5 of 9 points, fork at 1; at 1 several tie; 2 are not settled."
std::string crossover_sentence(const Crossover& map, const Names& names);

}  // namespace runoff
