#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/sample.h"
#include "statistics/cells.h"
#include "statistics/pairs.h"

namespace runoff {

/// What things are called where people read them.
class Names {
 public:
  explicit Names(std::span<const Sample> samples);

  /// A cell's benchmark name: `primes/tbb/partitioner:auto/workers:2`. Parameters follow the workload, but
  /// only those that take several values within the run: `primes/n:1000/serial/workers:1`.
  std::string benchmark(const Sample& sample) const;

  /// `tbb`; with its variant where the run has several of that backend: `tbb schedule=static`.
  std::string backend(std::string_view backend, std::string_view variant) const;

  /// `tbb with 2 workers on primes`.
  std::string cell(const Cell& cell) const;

 private:
  std::set<std::pair<std::string, std::string>> varied_;  // workload and parameter that takes several values
  std::set<std::string, std::less<>> several_;  // backends with several variants of one shape
};

}  // namespace runoff
