#include "statistics/student.h"

#include <boost/math/distributions/students_t.hpp>
#include <map>
#include <utility>

namespace runoff {

double student_above(double degrees, double chance) {
  static thread_local std::map<std::pair<double, double>, double> known;
  constexpr std::size_t most = 10'000;  // of unequal spreads, degrees are any number
  if (const auto found = known.find({degrees, chance}); found != known.end()) return found->second;
  if (known.size() == most) known.clear();
  return known[{degrees, chance}] = quantile(complement(boost::math::students_t(degrees), chance));
}

}  // namespace runoff
