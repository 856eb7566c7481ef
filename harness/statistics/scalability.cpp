#include "statistics/scalability.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>
#include <vector>

namespace runoff {
namespace {

/// Contention, if it is not fitted, is at an end of its range.
enum class Contention { fitted, none, all };

/// The law as a sum: workers ÷ rate = (1 + contention (N - 1) + coherence N (N - 1)) ÷ rate of one worker.
/// What each of its parts is for N workers.
std::vector<double> parts(Contention contention, bool coherence, double n) {
  std::vector<double> all{contention == Contention::all ? n : 1};
  if (contention == Contention::fitted) all.push_back(n - 1);
  if (coherence) all.push_back(n * (n - 1));
  return all;
}

/// The solution of square equations, whose right side is the last column; empty where there is none.
std::vector<double> solve(std::vector<std::vector<double>> rows) {
  const std::size_t n = rows.size();
  for (std::size_t i = 0; i < n; ++i) {
    const auto pivot =
        std::max_element(rows.begin() + static_cast<std::ptrdiff_t>(i), rows.end(),
                         [i](const auto& a, const auto& b) { return std::abs(a[i]) < std::abs(b[i]); });
    std::swap(rows[i], *pivot);
    if (rows[i][i] == 0) return {};
    for (std::size_t k = 0; k < n; ++k) {
      if (k == i) continue;
      const double times = rows[k][i] / rows[i][i];
      for (std::size_t column = i; column <= n; ++column) rows[k][column] -= times * rows[i][column];
    }
  }
  std::vector<double> solution;
  for (std::size_t i = 0; i < n; ++i) solution.push_back(rows[i][n] / rows[i][i]);
  return solution;
}

/// The least squares of the rates, found by those of the sum above: with weights rate * N / sum^3 both are
/// least at the same place, and the weights are taken from the step before.
std::vector<double> fitted_parts(Contention contention, bool coherence, std::span<const Throughput> points) {
  std::vector<double> factors;
  for (int step = 0; step < 60; ++step) {
    std::vector<std::vector<double>> rows;
    for (const auto& [n, rate] : points) {
      const std::vector<double> part = parts(contention, coherence, n);
      rows.resize(part.size(), std::vector<double>(part.size() + 1));
      double sum = 0;
      for (std::size_t i = 0; i < factors.size(); ++i) sum += factors[i] * part[i];
      if (factors.empty()) sum = n / rate;
      const double weight = rate * n / (sum * sum * sum);
      for (std::size_t i = 0; i < part.size(); ++i) {
        for (std::size_t k = 0; k < part.size(); ++k) rows[i][k] += weight * part[i] * part[k];
        rows[i].back() += weight * part[i] * n / rate;
      }
    }
    const std::vector<double> before = std::exchange(factors, solve(std::move(rows)));
    if (factors.empty() || factors[0] <= 0) return {};
    const bool settled = !before.empty() &&
                         std::equal(factors.begin(), factors.end(), before.begin(), [&](double a, double b) {
                           return std::abs(a - b) <= 1e-12 * factors[0];
                         });
    if (settled) break;
  }
  return factors;
}

/// Nothing where the points ask for what the law does not have: less than no contention, or coherence.
std::optional<Scalability> fit_within(Contention contention, bool coherence,
                                      std::span<const Throughput> points) {
  const std::vector<double> factors = fitted_parts(contention, coherence, points);
  if (factors.empty()) return std::nullopt;
  Scalability law{1 / factors[0], contention == Contention::all ? 1.0 : 0.0, 0};
  if (contention == Contention::fitted) law.contention = factors[1] / factors[0];
  if (coherence) law.coherence = factors.back() / factors[0];
  if (law.contention < 0 || law.contention > 1 || law.coherence < 0) return std::nullopt;
  return law;
}

double squares(const Scalability& law, std::span<const Throughput> points) {
  double sum = 0;
  for (const auto& [n, rate] : points) sum += std::pow(rate - law.at(n), 2);
  return sum;
}

}  // namespace

double Scalability::at(double workers) const {
  return rate * workers / (1 + contention * (workers - 1) + coherence * workers * (workers - 1));
}

double Scalability::peak() const {
  return coherence > 0 ? std::max(1.0, std::sqrt((1 - contention) / coherence))
                       : std::numeric_limits<double>::infinity();
}

std::optional<Scalability> fit(ScalingLaw law, std::span<const Throughput> points) {
  std::set<double> numbers;
  for (const Throughput& point : points) numbers.insert(point.workers);
  if (numbers.size() <= (law == ScalingLaw::amdahl ? 2 : 3)) return std::nullopt;
  const bool universal = law == ScalingLaw::universal;
  if (const auto inside = fit_within(Contention::fitted, universal, points)) return inside;
  std::optional<Scalability> best;  // it lies at an end of a range
  for (const bool coherence : {true, false})
    for (const Contention contention : {Contention::fitted, Contention::none, Contention::all}) {
      if (coherence && !universal) continue;
      const auto found = fit_within(contention, coherence, points);
      if (found && (!best || squares(*found, points) < squares(*best, points))) best = found;
    }
  return best;
}

double misfit(const Scalability& law, std::span<const Throughput> points) {
  double most = 0;
  for (const auto& [n, rate] : points) most = std::max(most, std::abs(rate / law.at(n) - 1));
  return most;
}

}  // namespace runoff
