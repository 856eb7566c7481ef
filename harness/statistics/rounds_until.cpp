#include "statistics/rounds_until.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>

#include "statistics/student.h"

namespace runoff {

double rounds_until(double wanted, double spread, unsigned n, double level) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  constexpr double most = 1e6;
  if (!(wanted > 0) || !std::isfinite(spread)) return infinite;
  // Where the spread is known, which takes fewer than where it is estimated, but of many not far fewer.
  const double least = std::pow(quantile(complement(boost::math::normal(), level)) * spread / wanted, 2);
  if (least > most) return infinite;
  const auto enough = [&](double rounds) {
    return student_above(rounds - 1, level) / std::sqrt(rounds) * spread <= wanted;
  };
  double low = std::max<double>(n, std::floor(least)), step = 1;
  while (!enough(low + step)) low += step, step *= 2;
  double high = low + step;
  while (high - low > 1) {
    const double middle = std::floor((low + high) / 2);
    (enough(middle) ? high : low) = middle;
  }
  return high;
}

}  // namespace runoff
