#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "cli/prepare.h"
#include "record/sample.h"
#include "run/sampling.h"
#include "statistics/cells.h"
#include "statistics/verdict.h"

namespace runoff {

/// The answer of each problem as soon as all of its verdicts are settled, while the run goes on with others.
class SettledAnswers {
 public:
  explicit SettledAnswers(const Prepared& run);

  /// Those that were not told before, in the words of the report: "primes: tbb wins: …". `samples` are all so
  /// far.
  std::vector<std::string> more(const Progress& progress, std::span<const Sample> samples);

 private:
  Rules rules_;
  std::map<std::string, std::string> references_;  ///< of workloads, where it is not `serial`
  std::size_t settled_ = 0;
  std::set<Problem> told_;
};

}  // namespace runoff
