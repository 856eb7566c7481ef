#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace runoff {

/// Sums of a value of `one` and a value of `other`, both in rising order: with value i of `one` the values of
/// `other` from number `first(i)` on. They are so many that few are kept: what is asked of them goes through
/// both series again and again.
template <class First>
class PairSums {
 public:
  /// Both must live on.
  PairSums(std::span<const double> one, std::span<const double> other, First first)
      : one_(one), other_(other), first_(first) {}

  /// The sum at that place among all in rising order, from 0; there must be one.
  double at(std::size_t place) const {
    double low = one_.front() + other_.front(), high = one_.back() + other_.back();
    std::size_t below = up_to(low), most = up_to(high);
    if (below > place) return low;
    // It is above `low`, and at most `high`.
    while (most - below > one_.size() + other_.size()) {
      const double middle = low + (high - low) / 2;
      if (middle <= low || middle >= high) return high;  // there is no number between
      const std::size_t sums = up_to(middle);
      (sums > place ? high : low) = middle;
      (sums > place ? most : below) = sums;
    }
    std::vector<double> left = between(low, high);
    const auto found = left.begin() + static_cast<std::ptrdiff_t>(place - below);
    std::nth_element(left.begin(), found, left.end());
    return *found;
  }

 private:
  /// How many are at most `sum`.
  std::size_t up_to(double sum) const {
    std::size_t sums = 0, end = other_.size();
    for (std::size_t i = 0; i < one_.size() && end > 0; ++i) {
      while (end > 0 && one_[i] + other_[end - 1] > sum) --end;
      sums += end - std::min(end, first_(i));
    }
    return sums;
  }

  /// Those that are above `low` and at most `high`.
  std::vector<double> between(double low, double high) const {
    std::vector<double> sums;
    std::size_t above = other_.size();
    for (std::size_t i = 0; i < one_.size(); ++i) {
      while (above > 0 && one_[i] + other_[above - 1] > low) --above;
      for (std::size_t j = std::max(above, first_(i)); j < other_.size() && one_[i] + other_[j] <= high; ++j)
        sums.push_back(one_[i] + other_[j]);
    }
    return sums;
  }

  std::span<const double> one_, other_;
  First first_;
};

}  // namespace runoff
