#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "selftest/noise.h"

namespace runoff {

/// A group of cells of known truth: all are equally fast but for the last, and the machine drifts from round
/// to round, for all of them alike. It is judged at every look, as by a run that may stop there.
struct SimulatedGroup {
  std::size_t cells = 2;
  Noise noise = noises().front();
  double spread = 0.03;              ///< of a sample
  double drift = 0.1;                ///< of a round
  double last_slower_by = 1;         ///< a factor
  std::vector<unsigned> looks = {};  ///< the last one is the end; one look is a run with --samples
};

/// How often something was said.
struct Rate {
  std::size_t times = 0, of = 0;
  double share() const { return static_cast<double>(times) / static_cast<double>(of); }
  /// Of the true rate, exact (Clopper and Pearson 1934); each leaves out so much.
  double low(double level = 0.025) const;
  double high(double level = 0.025) const;
};

/// In how many groups, at any look,
struct Verdicts {
  Rate falsely;      ///< a cell that is as fast as the best was called slower, or one that is no faster the
                     ///< fastest
  Rate last_slower;  ///< the last cell was called slower
  Rate last_tied;    ///< the last cell was called tied
};

/// Simulates and judges so many groups.
Verdicts simulate(const SimulatedGroup& group, std::size_t times, std::uint64_t seed);

/// In how many of so many pairs of equal cells with n common rounds the 95 % interval of their ratio held 1.
Rate coverage(std::size_t rounds, double spread, std::size_t times, std::uint64_t seed);

}  // namespace runoff
