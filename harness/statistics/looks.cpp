#include "statistics/looks.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <map>
#include <mutex>
#include <numbers>
#include <utility>

namespace runoff {
namespace {

const boost::math::normal standard;

/// Of the error that is allowed, what may be spent after n rounds.
double spent(double n) { return n / (n + 12); }

/// A sum of n standard normal differences for as long as it has crossed no bound, by its density at even
/// steps.
class Walk {
 public:
  /// Makes the steps up to n rounds and bounds the sum there so that `chance` crosses; returns how likely a
  /// sum alone crosses the bound.
  double go_on(double n, double chance) {
    double low = 0, high = 12;  // of the bound, in standard deviations
    for (int i = 0; i < 60; ++i) {
      const double middle = (low + high) / 2;
      (crosses(n, middle * std::sqrt(n)) > chance ? low : high) = middle;
    }
    bound_at(n, high * std::sqrt(n));
    return cdf(complement(standard, high));
  }

 private:
  static constexpr int steps = 300;
  static constexpr double lowest = -7;  ///< standard deviations: what is below does not cross later

  double crosses(double n, double bound) const {
    if (rounds_ == 0) return cdf(complement(standard, bound / std::sqrt(n)));
    const double spread = std::sqrt(n - rounds_);
    double chance = 0;
    for (int i = 0; i <= steps; ++i)
      chance += weight(i) * density_[static_cast<std::size_t>(i)] *
                cdf(complement(standard, (bound - at(i)) / spread));
    return chance;
  }

  void bound_at(double n, double bound) {
    const double first = lowest * std::sqrt(n), step = (bound - first) / steps;
    std::vector<double> density(steps + 1);
    for (int k = 0; k <= steps; ++k) density[static_cast<std::size_t>(k)] = density_at(n, first + step * k);
    density_ = std::move(density);
    rounds_ = n;
    first_ = first;
    step_ = step;
  }

  double density_at(double n, double sum) const {
    const double spread = std::sqrt(n - rounds_);
    const auto normal = [spread](double x) {
      return std::exp(-x * x / (2 * spread * spread)) / (spread * std::sqrt(2 * std::numbers::pi));
    };
    if (rounds_ == 0) return normal(sum);
    double density = 0;
    for (int i = 0; i <= steps; ++i)
      density += weight(i) * density_[static_cast<std::size_t>(i)] * normal(sum - at(i));
    return density;
  }

  double at(int i) const { return first_ + step_ * i; }
  double weight(int i) const { return i == 0 || i == steps ? step_ / 2 : step_; }  // trapezoids

  double rounds_ = 0, first_ = 0, step_ = 0;
  std::vector<double> density_;
};

double work_out(double level, const std::vector<unsigned>& rounds) {
  Walk walk;
  double before = 0, last = level;
  for (const double n : rounds) {
    last = walk.go_on(n, level * (spent(n) - before));
    before = spent(n);
  }
  return last;
}

}  // namespace

double Looks::level(double level, unsigned n) const {
  if (rounds_.empty()) return level;
  std::vector<unsigned> rounds(rounds_.begin(), std::lower_bound(rounds_.begin(), rounds_.end(), n));
  rounds.push_back(n);
  // The same few are asked for again and again.
  static std::mutex mutex;
  static std::map<std::pair<double, std::vector<unsigned>>, double> known;
  const std::scoped_lock lock(mutex);
  const auto [found, fresh] = known.try_emplace({level, rounds}, 0);
  if (fresh) found->second = work_out(level, rounds);
  return found->second;
}

}  // namespace runoff
