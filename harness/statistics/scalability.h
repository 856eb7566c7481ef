#pragma once

#include <optional>
#include <span>

namespace runoff {

/// What so many workers get done in a unit of time.
struct Throughput {
  double workers = 1;
  double rate = 0;
};

/// How the rate grows with workers N: rate * N / (1 + contention (N - 1) + coherence N (N - 1)).
///
/// The Universal Scalability Law (Gunther, "Guerrilla Capacity Planning", 2007; its lambda, sigma and kappa).
/// Without coherence it is Amdahl's law (1967), and contention is the serial fraction.
struct Scalability {
  double rate = 0;        ///< of one worker
  double contention = 0;  ///< share of the work that only one worker at a time does: 0 to 1
  double coherence = 0;   ///< what each pair of workers costs: 0 or more

  double at(double workers) const;
  /// The number of workers with the highest rate; infinite where more always bring some more.
  double peak() const;
};

enum class ScalingLaw { amdahl, universal };

/// The least squares of the rates, each number of workers counting as much as any other. Nothing where there
/// are no more different numbers of workers than the law has parameters: then it would go through all points,
/// whatever they are.
std::optional<Scalability> fit(ScalingLaw law, std::span<const Throughput> points);

/// The largest distance of a point from the law, as a share of what the law says.
double misfit(const Scalability& law, std::span<const Throughput> points);

}  // namespace runoff
