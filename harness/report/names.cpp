#include "report/names.h"

#include <fmt/format.h>

#include <map>

#include "support/label.h"
#include "support/text.h"

namespace runoff {

Names::Names(std::span<const Sample> samples) {
  std::map<std::pair<std::string, std::string>, std::set<std::string>> values, variants;
  for (const Sample& sample : samples) {
    for (auto& [name, value] : parse_pairs(sample.parameters)) values[{sample.workload, name}].insert(value);
    variants[{sample.backend, sample.shape}].insert(sample.variant);
  }
  // An option may apply to one shape only, which makes no other variant of the backend.
  for (const auto& [backend, taken] : variants)
    if (taken.size() > 1) several_.insert(backend.first);
  for (const auto& [parameter, taken] : values)
    if (taken.size() > 1) varied_.insert(parameter);
}

std::string Names::benchmark(const Sample& sample) const {
  return cell_label(sample.workload, told(sample.workload, sample.parameters), sample.backend, sample.variant,
                    sample.workers);
}

std::string Names::backend(std::string_view backend, std::string_view variant) const {
  const bool several = several_.contains(backend);
  return several && !variant.empty() ? fmt::format("{} {}", backend, variant) : std::string(backend);
}

std::string Names::problem(const std::string& workload, const std::string& parameters) const {
  return workload + spelled(told(workload, parameters));
}

std::string Names::cell(const Cell& cell) const {
  return fmt::format("{} with {} worker{} on {}", backend(cell.backend, cell.variant), cell.workers,
                     cell.workers == 1 ? "" : "s", problem(cell.problem.workload, cell.problem.parameters));
}

std::string Names::told(const std::string& workload, const std::string& parameters) const {
  Pairs pairs = parse_pairs(parameters);
  std::erase_if(pairs, [&](const auto& pair) { return !varied_.contains({workload, pair.first}); });
  return join_pairs(pairs);
}

std::string spelled(std::string_view pairs) {
  std::string text;
  for (const auto& [name, value] : parse_pairs(pairs)) text += fmt::format(" {}={}", name, value);
  return text;
}

}  // namespace runoff
