#include "statistics/grain_curves.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

#include "statistics/groups.h"
#include "statistics/judge_resampled.h"
#include "statistics/pairs.h"
#include "support/text.h"

namespace runoff {
namespace {

struct Question {
  std::string workload, parameters;
  std::int64_t workers;
  bool operator<(const Question& other) const {
    if (workload != other.workload) return workload < other.workload;
    if (const auto order = compare_pairs(parameters, other.parameters); order != 0) return order < 0;
    return workers < other.workers;
  }
};
using Answers =
    std::map<std::pair<std::string, std::string>, std::vector<GrainSeries>>;  // by backend, variant

double tasks_of(const Cell& cell) {
  for (const Sample& sample : cell.samples)
    if (sample.status == Status::ok && sample.tasks) return static_cast<double>(*sample.tasks);
  return 0;
}

/// The value of one parameter, and all others as they were joined.
std::pair<double, std::string> taken_out(const std::string& parameters, const std::string& name) {
  Pairs pairs = parse_pairs(parameters);
  const auto found =
      std::find_if(pairs.begin(), pairs.end(), [&name](const auto& pair) { return pair.first == name; });
  if (found == pairs.end()) return {0, parameters};
  const double number = value_number(found->second).value_or(0);
  pairs.erase(found);
  return {number, join_pairs(pairs)};
}

std::vector<GrainSeries> all_of(const Answers& answers) {
  std::vector<GrainSeries> all;
  for (const auto& [backend, sizes] : answers) all.insert(all.end(), sizes.begin(), sizes.end());
  return all;
}

/// A METG and the samples that it rests on.
struct Answer {
  const std::vector<GrainSeries>* sizes;
  GrainCurve curve;
};

/// Whether rounds are drawn, and the samples of a round stay together: where all sizes have the same, and
/// where they are so many that all pairs seldom lie on one side by chance alone, which n of them do in
/// 2^(1-n) of all cases.
bool drawn_together(std::span<const GrainSeries> first, std::span<const GrainSeries> second, double level) {
  const Series& one = first.front().wall_ns;
  if (std::ldexp(2.0, -static_cast<int>(one.size())) > level) return false;
  for (const auto sizes : {first, second})
    for (const GrainSeries& size : sizes)
      if (size.wall_ns.rounds != one.rounds) return false;
  return true;
}

Bootstrap ratio_of(const Answer& one, const Answer& best, double level) {
  const double peak = *one.curve.peak;
  const auto workers = static_cast<unsigned>(one.curve.workers);
  const bool together = drawn_together(*one.sizes, *best.sizes, level);
  std::vector<double> ratios = resampled_metgs(*one.sizes, workers, peak, resampling_seed);
  const auto bests =
      resampled_metgs(*best.sizes, workers, peak, together ? resampling_seed : resampling_seed + 1);
  std::size_t fewest = std::numeric_limits<std::size_t>::max();
  for (const auto* sizes : {one.sizes, best.sizes})
    for (const GrainSeries& size : *sizes) fewest = std::min(fewest, size.wall_ns.size());
  for (std::size_t i = 0; i < ratios.size(); ++i)
    // Neither crossed in this resample: they are not told apart.
    ratios[i] = std::isinf(ratios[i]) && std::isinf(bests[i]) ? 1 : ratios[i] / bests[i];
  return Bootstrap(std::move(ratios), fewest);
}

void judge_answers(std::span<Answer> answers, const Rules& rules) {
  std::vector<std::optional<double>> values;
  for (const Answer& answer : answers) {
    const auto& metg = answer.curve.metg;
    values.push_back(metg && !std::isnan(metg->low) ? std::optional(metg->value) : std::nullopt);
  }
  const auto judgements = judge_resampled(
      values,
      [&](std::size_t one, std::size_t best, double level) {
        return ratio_of(answers[one], answers[best], level);
      },
      rules);
  for (std::size_t i = 0; i < answers.size(); ++i) answers[i].curve.judgement = judgements[i];
}

double metg_or_last(const GrainCurve& curve) {
  return curve.metg ? curve.metg->value : std::numeric_limits<double>::infinity();
}

}  // namespace

bool same_question(const GrainCurve& a, const GrainCurve& b) {
  return std::tie(a.workload, a.grain, a.parameters, a.workers) ==
         std::tie(b.workload, b.grain, b.parameters, b.workers);
}

std::vector<std::span<const GrainCurve>> by_question(std::span<const GrainCurve> curves) {
  return groups_of(curves, same_question);
}

std::vector<GrainCurve> grain_curves(std::span<const Cell> cells,
                                     const std::map<std::string, std::string>& grains, const Rules& rules) {
  std::map<Question, Answers> found;
  for (const Cell& cell : cells) {
    const auto grain = grains.find(cell.problem.workload);
    const double tasks = tasks_of(cell);
    if (grain == grains.end() || cell.status != Status::ok || cell.wall.size() == 0 || tasks == 0) continue;
    const auto [size, others] = taken_out(cell.problem.parameters, grain->second);
    if (size > 0)
      found[{cell.problem.workload, others, cell.workers}][{cell.backend, cell.variant}].push_back(
          {tasks, tasks * size, cell.wall});
  }

  std::vector<GrainCurve> curves;
  for (const auto& [question, answers] : found) {
    const std::vector<GrainSeries> all = all_of(answers);
    const SweepEnd end = sweep_end(all);
    const auto workers = static_cast<unsigned>(question.workers);
    std::vector<Answer> here;
    for (const auto& [backend, sizes] : answers) {
      if (sizes.size() < 2) continue;
      GrainCurve curve{.workload = question.workload,
                       .grain = grains.at(question.workload),
                       .parameters = question.parameters,
                       .backend = backend.first,
                       .variant = backend.second,
                       .workers = question.workers,
                       .end = end};
      if (end.peak_reached()) {
        curve.peak = peak_rate(all);
        curve.curve = efficiency_curve(sizes, workers, *curve.peak);
        if (const auto crossing = metg(sizes, workers, *curve.peak, resampling_seed))
          curve.metg = crossing->ns;
      }
      here.push_back({&sizes, std::move(curve)});
    }
    judge_answers(here, rules);
    std::stable_sort(here.begin(), here.end(), [](const Answer& a, const Answer& b) {
      return metg_or_last(a.curve) < metg_or_last(b.curve);
    });
    for (Answer& answer : here) curves.push_back(std::move(answer.curve));
  }
  return curves;
}

}  // namespace runoff
