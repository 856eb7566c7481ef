#pragma once

#include <chrono>
#include <functional>
#include <optional>

namespace runoff {

/// The time that a run may take, and what of it is spent. Begins when it is made.
class Budget {
 public:
  using Clock = std::chrono::steady_clock;
  using Now = std::function<Clock::time_point()>;

  /// `total`: nothing where a run may take as long as it needs.
  explicit Budget(std::optional<std::chrono::nanoseconds> total, Now now = &Clock::now)
      : total_(total), now_(std::move(now)), began_(now_()) {}

  const std::optional<std::chrono::nanoseconds>& total() const { return total_; }
  std::chrono::nanoseconds spent() const { return now_() - began_; }
  /// Below 0 when more was spent than there was.
  std::optional<std::chrono::nanoseconds> left() const {
    return total_ ? std::optional(*total_ - spent()) : std::nullopt;
  }

 private:
  std::optional<std::chrono::nanoseconds> total_;
  Now now_;
  Clock::time_point began_;
};

}  // namespace runoff
