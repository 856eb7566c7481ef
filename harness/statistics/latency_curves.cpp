#include "statistics/latency_curves.h"

#include <map>
#include <set>
#include <tuple>

#include "statistics/median.h"

namespace runoff {
namespace {

using OfSample = std::map<double, double>;  // from the share to its latency

std::vector<LatencyCurve::Point> typical(const std::map<std::int64_t, OfSample>& samples) {
  std::set<double> shares;
  for (const auto& [order, told] : samples)
    for (const auto& [share, ns] : told) shares.insert(share);
  std::vector<LatencyCurve::Point> points;
  for (const double share : shares) {
    std::vector<double> here;
    for (const auto& [order, told] : samples)
      if (const auto next = told.lower_bound(share); next != told.end()) here.push_back(next->second);
    points.push_back({share, median(here)});
  }
  return points;
}

}  // namespace

std::vector<LatencyCurve> latency_curves(std::span<const Latency> latencies) {
  using Key = std::tuple<std::string, std::string, std::string, std::string, std::int64_t>;
  std::map<Key, std::size_t> places;
  std::vector<LatencyCurve> curves;
  std::vector<std::map<std::int64_t, OfSample>> samples;
  for (const Latency& one : latencies) {
    const Key key{one.workload, one.parameters, one.backend, one.variant, one.workers};
    const auto [place, fresh] = places.try_emplace(key, curves.size());
    if (fresh) {
      curves.push_back({one.workload, one.parameters, one.backend, one.variant, one.workers, {}});
      samples.emplace_back();
    }
    samples[place->second][one.order][one.quantile] = one.ns;
  }
  for (std::size_t i = 0; i < curves.size(); ++i) curves[i].points = typical(samples[i]);
  return curves;
}

}  // namespace runoff
