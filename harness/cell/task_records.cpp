#include "cell/task_records.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "runoff/task_record.h"

namespace runoff::cell {
namespace {

constexpr std::size_t kinds_kept = 100;
constexpr std::size_t kinds_told = 3;

std::vector<double> shares(std::size_t tasks) {
  std::vector<double> shares;
  const std::size_t steps = std::min<std::size_t>(tasks, 100);
  for (std::size_t step = 1; step < steps; ++step)
    shares.push_back(static_cast<double>(step) / static_cast<double>(steps));
  // Only where so many tasks ran that these are not all the slowest one.
  if (tasks >= 200) shares.push_back(0.995);
  if (tasks >= 1'000) shares.push_back(0.999);
  if (tasks >= 10'000) shares.push_back(0.9999);
  shares.push_back(1);
  return shares;
}

}  // namespace

void TaskRecords::collect(const Workload& workload, Results results, bool warm) {
  if (!workload.keeps_records(results)) return;
  for (std::size_t slot = 0; slot < workload.slots(); ++slot) {
    const TaskRecord* record = workload.record(results, slot);
    if (record == nullptr) continue;
    ++seen_;
    const std::string_view failure = record->failure();
    if (!failure.empty()) {
      ++failed_;
      const auto kind = kinds_.find(failure);
      if (kind != kinds_.end())
        ++kind->second;
      else if (kinds_.size() < kinds_kept)
        kinds_.emplace(failure, 1);
    } else if (warm) {
      latencies_.push_back(record->latency_ns);
    }
  }
}

std::string TaskRecords::failures() const {
  std::vector<std::pair<std::string, std::uint64_t>> kinds(kinds_.begin(), kinds_.end());
  std::stable_sort(kinds.begin(), kinds.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text = std::to_string(failed_) + " of " + std::to_string(seen_) + " tasks failed";
  for (std::size_t i = 0; i < std::min(kinds.size(), kinds_told); ++i)
    text += (i == 0 ? ": " : "; ") + std::to_string(kinds[i].second) + " x " + kinds[i].first;
  if (kinds.size() > kinds_told) text += "; and others";
  return text;
}

std::vector<std::pair<double, std::int64_t>> TaskRecords::quantiles() const {
  std::vector<std::pair<double, std::int64_t>> quantiles;
  if (latencies_.empty()) return quantiles;
  std::vector<std::int64_t> sorted = latencies_;
  std::sort(sorted.begin(), sorted.end());
  for (const double share : shares(sorted.size())) {
    const double rank = std::ceil(share * static_cast<double>(sorted.size()) - 1e-9);
    quantiles.emplace_back(share, sorted[static_cast<std::size_t>(std::max(rank, 1.0)) - 1]);
  }
  return quantiles;
}

std::int64_t at_quantile(const std::vector<std::pair<double, std::int64_t>>& quantiles, double share) {
  const auto found = std::find_if(quantiles.begin(), quantiles.end(),
                                  [share](const auto& one) { return one.first >= share - 1e-9; });
  return found == quantiles.end() ? quantiles.back().second : found->second;
}

}  // namespace runoff::cell
