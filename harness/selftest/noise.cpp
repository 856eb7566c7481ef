#include "selftest/noise.h"

#include <cmath>

namespace runoff {
namespace {

double lognormal(RandomStream& random, double spread) { return std::exp(spread * random.normal()); }

double heavy_tailed(RandomStream& random, double spread) {
  const double u = 2 * random.unit() - 1;  // Student's quantile function has this form for two degrees
  return std::exp(spread * u * std::sqrt(2 / (1 - u * u)) / 2);
}

double bimodal(RandomStream& random, double spread) {
  const double mode = random.unit() < 0.4 ? 4 * spread : 0;
  return std::exp(mode + spread / 3 * random.normal());
}

double late(RandomStream& random, double spread) {
  const double delay = random.unit() < 0.1 ? 5 * spread * random.unit() : 0;
  return std::exp(spread * random.normal() + delay);
}

}  // namespace

const std::vector<Noise>& noises() {
  static const std::vector<Noise> all{
      {"lognormal", lognormal}, {"heavy-tailed", heavy_tailed}, {"bimodal", bimodal}, {"late", late}};
  return all;
}

}  // namespace runoff
