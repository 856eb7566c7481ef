#include "statistics/metg.h"

#include <algorithm>
#include <limits>

#include "statistics/median.h"
#include "statistics/random.h"

namespace runoff {
namespace {

constexpr double half = 0.5;
constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double nanoseconds_a_second = 1e9;

double grain_of(const GrainSeries& size) { return size.work / size.tasks; }
double rate_of(const GrainSeries& size) {
  return size.work / median(size.wall_ns.values) * nanoseconds_a_second;
}

std::vector<Efficiency> curve_of(std::span<const GrainSeries> sizes, std::span<const double> walls,
                                 unsigned workers, double peak) {
  std::vector<Efficiency> curve;
  for (std::size_t i = 0; i < sizes.size(); ++i)
    curve.push_back({walls[i] * workers / sizes[i].tasks,
                     sizes[i].work / walls[i] * nanoseconds_a_second / peak, sizes[i].work / sizes[i].tasks});
  std::sort(curve.begin(), curve.end(),
            [](const Efficiency& a, const Efficiency& b) { return a.work > b.work; });
  return curve;
}

std::vector<double> medians(std::span<const GrainSeries> sizes) {
  std::vector<double> walls;
  for (const auto& size : sizes) walls.push_back(median(size.wall_ns.values));
  return walls;
}

}  // namespace

double peak_rate(std::span<const GrainSeries> sizes) {
  double peak = 0;
  for (const auto& size : sizes) peak = std::max(peak, rate_of(size));
  return peak;
}

double SweepEnd::share_of_peak() const {
  if (before == 0) return 0;
  const double k = last / before;
  return (k - rise) / (k - 1);
}

SweepEnd sweep_end(std::span<const GrainSeries> sizes) {
  SweepEnd end;
  for (const auto& size : sizes) end.last = std::max(end.last, grain_of(size));
  for (const auto& size : sizes)
    if (grain_of(size) <= end.last / 2) end.before = std::max(end.before, grain_of(size));
  double rate_before = 0;
  for (const auto& size : sizes)
    if (grain_of(size) <= end.before) rate_before = std::max(rate_before, rate_of(size));
  if (rate_before > 0) end.rise = peak_rate(sizes) / rate_before;
  return end;
}

std::vector<Efficiency> efficiency_curve(std::span<const GrainSeries> sizes, unsigned workers, double peak) {
  return curve_of(sizes, medians(sizes), workers, peak);
}

std::optional<double> granularity_at(std::span<const Efficiency> curve, double share) {
  if (curve.empty() || curve.front().share < share) return std::nullopt;
  for (std::size_t i = 1; i < curve.size(); ++i) {
    const Efficiency &longer = curve[i - 1], &shorter = curve[i];
    if (shorter.share >= share) continue;
    const double way = (longer.share - share) / (longer.share - shorter.share);
    const double frequency = (1 / longer.granularity_ns) * (1 - way) + (1 / shorter.granularity_ns) * way;
    return 1 / frequency;
  }
  return std::nullopt;
}

std::vector<double> resampled_metgs(std::span<const GrainSeries> sizes, unsigned workers, double peak,
                                    std::uint64_t seed) {
  std::vector<const Series*> walls;
  for (const auto& size : sizes) walls.push_back(&size.wall_ns);
  std::vector<double> resampled;
  for_each_resample(walls, seed, resamples, [&](std::span<const double> medians) {
    resampled.push_back(granularity_at(curve_of(sizes, medians, workers, peak), half).value_or(infinite));
  });
  return resampled;
}

std::optional<Metg> metg(std::span<const GrainSeries> sizes, unsigned workers, double peak,
                         std::uint64_t seed) {
  if (sizes.empty()) return std::nullopt;
  if (peak == 0) peak = peak_rate(sizes);
  std::vector<Efficiency> curve = efficiency_curve(sizes, workers, peak);
  const auto value = granularity_at(curve, half);
  if (!value) return std::nullopt;
  std::size_t fewest = sizes.front().wall_ns.size();
  for (const auto& size : sizes) fewest = std::min(fewest, size.wall_ns.size());
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  if (fewest < fewest_samples) return Metg{peak, {*value, unknown, unknown}, std::move(curve)};
  const Bootstrap bootstrap(resampled_metgs(sizes, workers, peak, seed), fewest);
  return Metg{peak, bootstrap.interval(*value, 0.05), std::move(curve)};
}

}  // namespace runoff
