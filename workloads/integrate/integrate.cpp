#include <cmath>
#include <cstdint>
#include <string>

#include "runoff/recursive_of.h"
#include "runoff/workload_plugin.h"

namespace {

/// What is integrated: it swings faster and wider the larger x is, so the intervals are uneven.
double function(double x) { return 2 * x * std::cos(x * x); }

/// Its integral from 0.
double integral(double x) { return std::sin(x * x); }

/// An interval, with the function's values at both ends and in the middle.
struct Piece {
  double from, to;
  double at_from, at_middle, at_to;
  std::int32_t depth;

  double middle() const { return from + (to - from) / 2; }
  double simpson() const { return (to - from) / 6 * (at_from + 4 * at_middle + at_to); }
};

/// The integral of 2x cos(x^2) from 0 to a bound by Simpson's rule, on intervals that are halved until the
/// rule agrees with itself on both halves. A task is an interval.
class Integrate final : public runoff::RecursiveOf<Integrate, Piece, double> {
 public:
  explicit Integrate(const runoff::Parameters& parameters)
      : to_(static_cast<double>(parameters.count("to"))),
        tolerance_(std::pow(10, -static_cast<double>(parameters.count("digits")))),
        cutoff_(static_cast<std::int32_t>(parameters.count("cutoff"))) {}

  Piece root() const { return {0, to_, function(0), function(to_ / 2), function(to_), 0}; }

  template <class Fork>
  double solve(const Piece& piece, Fork& fork) const {
    if constexpr (Fork::parallel)
      if (cutoff_ > 0 && piece.depth >= cutoff_) return fork.serially(piece);
    const double middle = piece.middle();
    const Piece left = half(piece, piece.from, middle, piece.at_from, piece.at_middle);
    const Piece right = half(piece, middle, piece.to, piece.at_middle, piece.at_to);
    const double both = left.simpson() + right.simpson();
    const double change = both - piece.simpson();
    const bool agrees = std::abs(change) <= 15 * tolerance_ * (piece.to - piece.from) / to_;
    if ((agrees && piece.depth >= least_depth) || piece.depth == most_depth) return both + change / 15;
    const auto [a, b] = fork(left, right);
    return a + b;
  }

  /// Within the tolerance, and what rounding may do to a sum of values as large as these.
  runoff::Check check(runoff::Results results) const override {
    const double expected = integral(to_);
    const double result = results.at<double>(0);
    const double bound = tolerance_ + 1e-14 * to_ * to_;
    if (std::abs(result - expected) <= bound) return runoff::Check::ok();
    return runoff::Check::wrong("the integral from 0 to " + std::to_string(to_) + " is sin(" +
                                std::to_string(to_) + "^2) = " + std::to_string(expected) + ", not " +
                                std::to_string(result) + "; they differ by " +
                                std::to_string(std::abs(result - expected) / bound) + " times the bound");
  }

 private:
  // Intervals wider than a swing may agree by accident.
  static constexpr std::int32_t least_depth = 4;
  // Far deeper than any tolerance needs, so what is no number ends as well.
  static constexpr std::int32_t most_depth = 40;

  static Piece half(const Piece& piece, double from, double to, double at_from, double at_to) {
    return {from, to, at_from, function(from + (to - from) / 2), at_to, piece.depth + 1};
  }

  double to_;
  double tolerance_;
  std::int32_t cutoff_;
};

}  // namespace

RUNOFF_WORKLOAD(
    Integrate,
    {
        .name = "integrate",
        .summary = "integral of a function by adaptive quadrature, a task an interval",
        .bound = runoff::Bound::cpu,
        .source =
            "adaptive Simpson quadrature: Lyness, Notes on the Adaptive Simpson Quadrature Routine, 1969",
        .checked_at = {"to=5", "digits=6", "cutoff=0,7"},
        .parameters = {runoff::Parameter::count("to", 30, 1, 100, "upper bound of the integral"),
                       runoff::Parameter::count("digits", 10, 1, 11,
                                                "the error is at most 10 to the minus so many"),
                       runoff::Parameter::count("cutoff", 0, 0, 40,
                                                "intervals halved so often fork nothing; 0 forks always")},
    })
