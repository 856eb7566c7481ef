#include "plan/choose_cells.h"

#include <algorithm>

#include "plan/per_worker.h"
#include "plan/workers.h"
#include "support/errors.h"

namespace runoff {
namespace {

/// Refuses settings that no workload of the run uses: a person meant something by them.
void require_use(std::span<const std::string> settings, std::span<const ChosenWorkload> workloads) {
  for (const auto& setting : settings) {
    const std::string name = setting.substr(0, setting.find('.'));
    if (std::none_of(workloads.begin(), workloads.end(),
                     [&name](const ChosenWorkload& one) { return one.module->name == name; }))
      throw UsageError("--set " + setting + ": '" + name +
                       "' is not among the workloads of this run; add it to --workloads");
  }
}

/// Parameters of one workload that do not have the same value wherever it runs.
std::vector<std::string> swept_names(const ChosenWorkload& workload, std::span<const ChosenWorkload> all) {
  std::vector<std::string> names;
  for (const auto& pair : parse_pairs(workload.parameters)) {
    const auto has_another = [&](const ChosenWorkload& other) {
      const Pairs pairs = parse_pairs(other.parameters);
      return other.module == workload.module && std::find(pairs.begin(), pairs.end(), pair) == pairs.end();
    };
    if (std::any_of(all.begin(), all.end(), has_another)) names.push_back(pair.first);
  }
  return names;
}

/// Keeps the first of those that are equal.
template <class T, class Equal>
void drop_repeats(std::vector<T>& items, Equal equal) {
  std::vector<T> kept;
  for (auto& item : items)
    if (std::none_of(kept.begin(), kept.end(), [&](const T& other) { return equal(item, other); }))
      kept.push_back(std::move(item));
  items = std::move(kept);
}

/// A selection, or its part with one number of workers where a parameter grows with them.
struct Pass {
  Selection selection;
  std::vector<std::string> settings;
};

std::vector<Pass> passes_of(const Selection& selection, std::span<const std::string> settings,
                            const ChoiceRules& rules) {
  if (!grow_with_workers(selection.set) && !grow_with_workers(settings))
    return {{selection, {settings.begin(), settings.end()}}};
  std::vector<Pass> passes;
  for (const unsigned workers : parse_workers(selection.workers, rules.cores, rules.boundaries)) {
    Selection part = selection;
    part.workers = {std::to_string(workers)};
    part.set = at_workers(selection.set, workers);
    passes.push_back({std::move(part), at_workers(settings, workers)});
  }
  return passes;
}

}  // namespace

ChosenCells choose_cells(const Catalog& catalog, std::span<const Selection> selections,
                         std::span<const std::string> settings, const ChoiceRules& rules) {
  ChosenCells chosen;
  auto& workloads = chosen.workloads;
  std::vector<Pass> passes;
  for (const auto& selection : selections)
    for (auto& pass : passes_of(selection, settings, rules)) passes.push_back(std::move(pass));
  std::vector<std::size_t> ends;
  for (const auto& [selection, set] : passes) {
    const auto more = choose_workloads(catalog, selection.workloads, selection.set, set, rules.workloads);
    workloads.insert(workloads.end(), more.begin(), more.end());
    ends.push_back(workloads.size());
  }
  if (workloads.empty()) throw UsageError("there is no workload to run; see 'runoff list'");
  require_use(settings, workloads);
  for (auto& workload : workloads) workload.swept_names = swept_names(workload, workloads);

  std::size_t begin = 0;
  for (std::size_t i = 0; i < passes.size(); begin = ends[i++]) {
    const Selection& selection = passes[i].selection;
    const auto backends = choose_backends(catalog, selection.backends, rules.backends);
    const auto workers = parse_workers(selection.workers, rules.cores, rules.boundaries);
    auto more = make_cells(std::span(workloads).subspan(begin, ends[i] - begin), backends, workers);
    chosen.cells.insert(chosen.cells.end(), more.begin(), more.end());
  }
  if (chosen.cells.empty()) throw UsageError("there is no backend to run; see 'runoff list'");
  drop_repeats(chosen.cells, std::equal_to<>());
  drop_repeats(workloads, [](const ChosenWorkload& a, const ChosenWorkload& b) {
    return a.module == b.module && a.parameters == b.parameters;
  });
  return chosen;
}

}  // namespace runoff
