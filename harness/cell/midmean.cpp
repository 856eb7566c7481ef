#include "cell/midmean.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace runoff::cell {

double midmean(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto count = static_cast<double>(values.size());
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto place = static_cast<double>(i);
    const double low = std::max(place, count / 4), high = std::min(place + 1, count - count / 4);
    sum += values[i] * std::max(0.0, high - low);
  }
  return sum / (count / 2);
}

Midmean::Midmean(std::int64_t executions)
    : together_(std::max<std::int64_t>(1, (executions + most_kept - 1) / most_kept)), in_last_(together_) {
  kept_.reserve(static_cast<std::size_t>(std::max<std::int64_t>(0, executions) / together_ + 1));
}

void Midmean::add(std::chrono::nanoseconds time) {
  if (in_last_ == together_) {
    kept_.push_back(0);
    in_last_ = 0;
  }
  kept_.back() += static_cast<double>(time.count());
  ++in_last_;
}

double Midmean::value() const {
  std::vector<double> times = kept_;
  for (double& time : times) time /= static_cast<double>(together_);
  // A last one of fewer executions is of its own length.
  times.back() *= static_cast<double>(together_) / static_cast<double>(in_last_);
  return midmean(std::move(times));
}

}  // namespace runoff::cell
