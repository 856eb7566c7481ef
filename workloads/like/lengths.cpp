#include "lengths.h"

#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>

#include "runoff/random.h"

namespace like {
namespace {

constexpr std::uint64_t seed = 0x11CE;

/// What a share of the values of a normal distribution does not exceed.
double normal_quantile(double share) { return std::numbers::sqrt2 * boost::math::erf_inv(2 * share - 1); }

}  // namespace

std::vector<double> lengths(std::size_t tasks, double spread) {
  std::vector<double> all(tasks, 1);
  if (spread <= 1) return all;
  const double sigma = std::log(spread);
  double sum = 0;
  for (std::size_t i = 0; i < tasks; ++i) {
    all[i] = std::exp(sigma * normal_quantile((static_cast<double>(i) + 0.5) / static_cast<double>(tasks)));
    sum += all[i];
  }
  for (double& one : all) one *= static_cast<double>(tasks) / sum;
  for (std::size_t left = tasks; left > 1; --left)  // Fisher & Yates, as in Knuth's TAOCP, 3.4.2
    std::swap(all[left - 1], all[runoff::splitmix64(seed, left) % left]);
  return all;
}

}  // namespace like
