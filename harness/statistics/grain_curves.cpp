#include "statistics/grain_curves.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "statistics/pairs.h"

namespace runoff {
namespace {

constexpr std::uint64_t seed = 1;  // the same run gives the same interval

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
  double number = 0;
  std::string others;
  for (const auto& [parameter, value] : split_pairs(parameters))
    if (parameter == name)
      number = value_number(value).value_or(0);
    else
      others += (others.empty() ? "" : ";") + parameter + "=" + value;
  return {number, others};
}

double peak_of(const Answers& answers) {
  double peak = 0;
  for (const auto& [backend, sizes] : answers) peak = std::max(peak, peak_rate(sizes));
  return peak;
}

double metg_or_last(const GrainCurve& curve) {
  return curve.metg ? curve.metg->value : std::numeric_limits<double>::infinity();
}

}  // namespace

bool same_question(const GrainCurve& a, const GrainCurve& b) {
  return std::tie(a.workload, a.grain, a.parameters, a.workers) ==
         std::tie(b.workload, b.grain, b.parameters, b.workers);
}

std::vector<GrainCurve> grain_curves(std::span<const Cell> cells,
                                     const std::map<std::string, std::string>& grains) {
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
    const double peak = peak_of(answers);
    const auto workers = static_cast<unsigned>(question.workers);
    const auto first = static_cast<std::ptrdiff_t>(curves.size());
    for (const auto& [backend, sizes] : answers) {
      if (sizes.size() < 2) continue;
      const auto crossing = metg(sizes, workers, peak, seed);
      curves.push_back({question.workload, grains.at(question.workload), question.parameters, backend.first,
                        backend.second, question.workers, peak, efficiency_curve(sizes, workers, peak),
                        crossing ? std::optional(crossing->ns) : std::nullopt});
    }
    std::stable_sort(curves.begin() + first, curves.end(), [](const GrainCurve& a, const GrainCurve& b) {
      return metg_or_last(a) < metg_or_last(b);
    });
  }
  return curves;
}

}  // namespace runoff
