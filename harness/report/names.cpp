#include "report/names.h"

#include <fmt/format.h>

namespace runoff {

Names::Names(std::span<const Sample> samples) {
  std::map<std::pair<std::string, std::string>, std::set<std::string>> values, variants;
  for (const Sample& sample : samples) {
    for (auto& [name, value] : split_pairs(sample.parameters)) values[{sample.workload, name}].insert(value);
    variants[{sample.backend, sample.shape}].insert(sample.variant);
  }
  // An option may apply to one shape only, which makes no other variant of the backend.
  for (const auto& [backend, taken] : variants)
    if (taken.size() > 1) several_.insert(backend.first);
  for (const auto& [parameter, taken] : values)
    if (taken.size() > 1) varied_.insert(parameter);
}

std::string Names::benchmark(const Sample& sample) const {
  std::string name = sample.workload;
  for (const auto& [parameter, value] : split_pairs(sample.parameters))
    if (varied_.contains({sample.workload, parameter})) name += "/" + parameter + ":" + value;
  name += "/" + sample.backend;
  for (const auto& [option, value] : split_pairs(sample.variant)) name += "/" + option + ":" + value;
  return name + "/workers:" + std::to_string(sample.workers);
}

std::string Names::backend(std::string_view backend, std::string_view variant) const {
  const bool several = several_.contains(backend);
  return several && !variant.empty() ? fmt::format("{} {}", backend, variant) : std::string(backend);
}

std::string Names::cell(const Cell& cell) const {
  std::string problem = cell.problem.workload;
  for (const auto& [parameter, value] : split_pairs(cell.problem.parameters))
    if (varied_.contains({problem, parameter})) problem += fmt::format(" {}={}", parameter, value);
  return fmt::format("{} with {} worker{} on {}", backend(cell.backend, cell.variant), cell.workers,
                     cell.workers == 1 ? "" : "s", problem);
}

}  // namespace runoff
