#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "claims/answer.h"
#include "statistics/random.h"

namespace runoff {

/// A cell "sums" on that backend, as a plan has it.
inline PlannedCell planned(const std::string& backend) {
  return {"sums", "n=1", "cpu", "independent", backend, "", 1, backend, 0};
}

/// Claims on cells of "sums" whose samples are made up.
class MadeUp {
 public:
  /// From this round on, others disturb what is measured.
  void disturb_from(unsigned round) { disturbed_from_ = round; }
  /// `backend` takes so many nanoseconds, with noise, in so many rounds.
  void measure(const std::string& backend, double typical, double spread, unsigned rounds,
               std::uint64_t seed) {
    RandomStream random(seed);
    for (unsigned round = 1; round <= rounds; ++round) {
      Sample sample = sample_of(backend, round);
      if (round >= disturbed_from_) sample.disturbed_by = "others";
      sample.wall_ns = std::llround(typical * std::exp(spread * random.normal()));
      samples_.push_back(sample);
    }
  }
  void end_with(const std::string& backend, Status status, unsigned round, std::string detail = {}) {
    Sample sample = sample_of(backend, round);
    sample.status = status;
    sample.detail = std::move(detail);
    samples_.push_back(sample);
  }
  void lose(const std::string& backend, std::int64_t lost, unsigned rounds, Status status = Status::ok) {
    for (unsigned round = 1; round <= rounds; ++round) {
      Sample sample = sample_of(backend, round);
      sample.status = status;
      sample.lost = lost;
      samples_.push_back(sample);
    }
  }

  ClaimAnswer answer(const FoundClaim& claim, const Rules& rules = {}) const {
    const std::vector<Cell> cells = gather_cells(samples_);
    return answer_claim(claim, cells, rules);
  }
  std::vector<Cell> cells() const { return gather_cells(samples_); }

 private:
  static Sample sample_of(const std::string& backend, unsigned round) {
    Sample sample;
    sample.workload = "sums";
    sample.parameters = "n=1";
    sample.bound = "cpu";
    sample.shape = "independent";
    sample.backend = backend;
    sample.sample = round;
    sample.order = static_cast<std::int64_t>(1000 * round + std::hash<std::string>()(backend) % 1000);
    return sample;
  }

  std::vector<Sample> samples_;
  unsigned disturbed_from_ = 1000;
};

/// "`of` takes as long as `to`", or a figure of `of` alone.
inline Comparison ratio(std::string place, double at_least) {
  Comparison comparison;
  comparison.place = std::move(place);
  comparison.figure = "one takes {} × as long as the other";
  comparison.to.emplace();
  comparison.at_least = at_least;
  return comparison;
}

}  // namespace runoff
