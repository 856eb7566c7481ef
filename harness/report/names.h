#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "record/sample.h"
#include "statistics/cells.h"

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

  /// `primes`; with those of its parameters that take several values within the run: `primes n=1000`.
  std::string problem(const std::string& workload, const std::string& parameters) const;

  /// `tbb with 2 workers on primes`.
  std::string cell(const Cell& cell) const;

 private:
  /// Those parameters that take several values within the run.
  std::string told(const std::string& workload, const std::string& parameters) const;

  std::set<std::pair<std::string, std::string>> varied_;  // workload and parameter that takes several values
  std::set<std::string, std::less<>> several_;            // backends with several variants of one shape
};

/// Pairs as people read them: "n=10;grain=2" becomes " n=10 grain=2".
std::string spelled(std::string_view pairs);

}  // namespace runoff
