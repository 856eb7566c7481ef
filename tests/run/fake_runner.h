#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plan/plan.h"
#include "run/budget.h"
#include "run/runner.h"

namespace runoff {

/// Measures nothing: each sample takes the time that it is told to, on a clock of its own.
class FakeRunner final : public Runner {
 public:
  using Duration = std::chrono::nanoseconds;

  explicit FakeRunner(const Plan& plan) : plan_(plan) {}

  /// How long a sample of a cell takes; called for each sample, so it may change.
  std::function<Duration(const PlannedCell&)> time = [](const PlannedCell&) {
    return std::chrono::milliseconds(100);
  };
  /// How it ends.
  std::function<Status(const PlannedCell&)> status = [](const PlannedCell&) { return Status::ok; };
  /// Whether others are busy meanwhile.
  std::function<bool(const PlannedCell&)> disturbed = [](const PlannedCell&) { return false; };
  /// Interrupted once so many samples were taken.
  std::optional<std::size_t> interrupted_after;

  std::optional<Taken> take(std::size_t cell, Duration limit) override {
    if (interrupted()) return std::nullopt;
    const Duration needed = time(plan_.cells[cell]);
    if (needed > limit) {
      now_ += limit;
      if (limit < time_limit()) return std::nullopt;
      Taken taken{{}, limit};
      taken.sample.status = Status::timeout;
      ++taken_;
      return taken;
    }
    now_ += needed;
    ++taken_;
    Taken taken{{}, needed};
    taken.sample.status = status(plan_.cells[cell]);
    taken.sample.wall_ns = needed.count();
    if (disturbed(plan_.cells[cell])) taken.sample.disturbed_by = "others";
    return taken;
  }
  std::vector<std::optional<Taken>> take_in_turns(std::span<const std::size_t> cells,
                                                  Duration limit) override {
    companies.emplace_back(cells.begin(), cells.end());
    std::vector<std::optional<Taken>> all(cells.size());
    for (std::size_t i = 0; i < cells.size() && !interrupted(); ++i) all[i] = take(cells[i], limit);
    return all;
  }
  std::size_t most_in_turns() const override { return in_turns; }

  /// How many cells may take turns, and which did.
  std::size_t in_turns = 1;
  std::vector<std::vector<std::size_t>> companies;

  Duration time_limit() const override { return std::chrono::seconds(30); }
  bool interrupted() const override { return interrupted_after && taken_ >= *interrupted_after; }

  Budget budget(std::optional<Duration> total) {
    return Budget(total, [this] { return now_; });
  }
  Duration spent() const { return now_ - Budget::Clock::time_point(); }
  std::size_t taken() const { return taken_; }

 private:
  const Plan& plan_;
  Budget::Clock::time_point now_{};
  std::size_t taken_ = 0;
};

}  // namespace runoff
