#include "selftest/noise.h"

#include <cmath>
#include <numbers>

namespace runoff {
namespace {

double lognormal(RandomStream& random, double spread) { return std::exp(spread * normal(random)); }

double heavy_tailed(RandomStream& random, double spread) {
  const double u = 2 * random.unit() - 1;  // Student's quantile function has this form for two degrees
  return std::exp(spread * u * std::sqrt(2 / (1 - u * u)) / 2);
}

double bimodal(RandomStream& random, double spread) {
  const double mode = random.unit() < 0.4 ? 4 * spread : 0;
  return std::exp(mode + spread / 3 * normal(random));
}

double late(RandomStream& random, double spread) {
  const double delay = random.unit() < 0.1 ? 5 * spread * random.unit() : 0;
  return std::exp(spread * normal(random) + delay);
}

}  // namespace

double normal(RandomStream& random) {  // Box and Muller
  const double radius = std::sqrt(-2 * std::log(random.unit()));
  return radius * std::cos(2 * std::numbers::pi * random.unit());
}

const std::vector<Noise>& noises() {
  static const std::vector<Noise> all{
      {"lognormal", lognormal}, {"heavy-tailed", heavy_tailed}, {"bimodal", bimodal}, {"late", late}};
  return all;
}

}  // namespace runoff
