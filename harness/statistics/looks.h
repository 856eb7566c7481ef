#pragma once

#include <vector>

namespace runoff {

/// The numbers of rounds at which a run looks at its samples and decides which cells need more.
///
/// To look often is to have more chances of a false alarm. So the error that is allowed is spent over the
/// looks (Lan and DeMets 1983): after n rounds n / (n + 12) of it, whatever is looked at later, and however
/// often. The level of a look follows from the levels of those before by the joint distribution of what they
/// see (Armitage, McPherson and Rowe 1969), which is worked out for normal statistics and serves others by
/// their p-values (Jennison and Turnbull 2000, chapter 11).
class Looks {
 public:
  /// Without a look in between: all is spent in the end, whenever that is.
  Looks() = default;
  /// `rounds` in rising order.
  explicit Looks(std::vector<unsigned> rounds) : rounds_(std::move(rounds)) {}

  const std::vector<unsigned>& rounds() const { return rounds_; }

  /// The one-sided level of what is said after n rounds, where `level` is allowed in all.
  double level(double level, unsigned n) const;

 private:
  std::vector<unsigned> rounds_;
};

}  // namespace runoff
