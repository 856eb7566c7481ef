#include "statistics/turnout.h"

#include <algorithm>
#include <cstdlib>

#include "support/text.h"

namespace runoff {

double Turnout::full() const {
  double sum = 0;
  for (const auto& [workers, share] : shares)
    if (workers >= useful) sum += share;
  return sum;
}

Turnout turnout(const Cell& cell) {
  Turnout all;
  std::size_t telling = 0;
  for (const Sample& sample : cell.samples) {
    if (sample.status != Status::ok || sample.workers_shares.empty()) continue;
    ++telling;
    all.useful =
        std::max(all.useful, sample.tasks ? std::min(sample.workers, *sample.tasks) : sample.workers);
    for (const auto& [workers, share] : parse_pairs(sample.workers_shares))
      all.shares[std::atoll(workers.c_str())] += std::atof(share.c_str());
  }
  for (auto& [workers, share] : all.shares) share /= static_cast<double>(telling);
  return all;
}

}  // namespace runoff
