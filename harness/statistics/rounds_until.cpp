#include "statistics/rounds_until.h"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

namespace runoff {

double rounds_until(double wanted, double spread, unsigned n, double level) {
  const auto steps = [level](double rounds) {
    return quantile(complement(boost::math::students_t(rounds - 1), level)) / std::sqrt(rounds);
  };
  constexpr double most = 1e6;
  if (!(wanted > 0) || !std::isfinite(spread) || steps(most) * spread > wanted)
    return std::numeric_limits<double>::infinity();
  double low = n, high = most;
  while (high - low > 1) {
    const double middle = std::floor((low + high) / 2);
    (steps(middle) * spread > wanted ? low : high) = middle;
  }
  return high;
}

}  // namespace runoff
