#include "statistics/rounds_until.h"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

namespace runoff {

double rounds_until(double wanted, double distance, unsigned n, double level) {
  const auto steps = [level](double rounds) {  // of the spread of one round
    return quantile(complement(boost::math::students_t(rounds - 1), level)) / std::sqrt(rounds);
  };
  constexpr double most = 1e6;
  const double wanted_steps = wanted * steps(n) / distance;
  if (wanted <= 0 || !std::isfinite(distance) || steps(most) > wanted_steps)
    return std::numeric_limits<double>::infinity();
  double low = n, high = most;
  while (high - low > 1) {
    const double middle = std::floor((low + high) / 2);
    (steps(middle) > wanted_steps ? low : high) = middle;
  }
  return high;
}

}  // namespace runoff
