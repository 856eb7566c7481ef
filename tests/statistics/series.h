#pragma once

#include <cmath>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "statistics/cells.h"
#include "statistics/random.h"

namespace runoff {

inline Series series(std::vector<double> values) {
  Series made;
  made.values = std::move(values);
  for (std::size_t i = 0; i < made.values.size(); ++i) made.rounds.push_back(static_cast<std::int64_t>(i));
  return made;
}

inline double normal(RandomStream& random) { return random.normal(); }

/// Times as machines make them: lognormal, and one in ten late by up to five spreads.
inline double skewed(RandomStream& random, double spread) {
  const double late = random.unit() < 0.1 ? 5 * spread * random.unit() : 0;
  return std::exp(spread * normal(random) + late);
}

inline std::vector<Sample> samples(const std::string& backend, std::int64_t workers,
                                   std::vector<std::int64_t> walls) {
  std::vector<Sample> made;
  for (const std::int64_t wall : walls) {
    Sample sample;
    sample.workload = "primes";
    sample.parameters = "n=1000";
    sample.bound = "cpu";
    sample.shape = "independent";
    sample.backend = backend;
    sample.workers = workers;
    sample.sample = static_cast<std::int64_t>(made.size());
    sample.wall_ns = wall;
    made.push_back(sample);
  }
  return made;
}

inline std::vector<Sample> operator+(std::vector<Sample> a, const std::vector<Sample>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

}  // namespace runoff
