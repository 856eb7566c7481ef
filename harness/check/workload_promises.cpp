#include <fmt/format.h>

#include <array>
#include <set>

#include "catalog/variants.h"
#include "check/cells.h"
#include "check/promises.h"

namespace runoff {
namespace {

constexpr std::array<unsigned, 3> workers_asked{1, 2, 8};

/// A graph or a recursion may have no natural form in a runtime, and a loop may ask for what its workers have
/// not: the backend, or the workload, then says so.
Reply judge_answer(const Sample& sample) {
  if (refuses(sample)) return {Kept::refused, sample.detail};
  if (sample.status != Status::ok) return {Kept::no, how_it_ended(sample)};
  const std::int64_t seen = sample.workers_seen.value_or(0);
  if (seen < 1 || seen > sample.workers) return {Kept::no, fmt::format("{} workers took part", seen)};
  return {};
}

bool lacks_form(const BackendModule& backend, const WorkloadModule& workload) {
  return (backend.asynchronous && !workload.asynchronous) || (backend.python && !workload.python);
}

/// One that runs only another form of workloads says that this one has none: a single cell shows it.
Reply judge_lack(const Sample& sample) {
  if (refuses(sample)) return {Kept::refused, sample.detail};
  return {Kept::no, fmt::format("{}: it must refuse a workload that has not the form it runs",
                                to_string(sample.status))};
}

}  // namespace

Examination answers(std::span<const WorkloadModule* const> workloads, std::span<const ChosenBackend> backends,
                    const Asking& asking) {
  Examination examination{
      .promise = {"answers", "every answer is right, with 1, 2 and 8 workers, in every variant",
                  "a task ran twice or never, wrote another slot than its own, or was not finished when the "
                  "execution returned; or a task reads what another writes",
                  "of a backend: run each task of [0, tasks()) once, and return when all have ended; of a "
                  "workload: a task reads inputs, which no task changes, and writes its own slot alone"},
      .questions = {}};
  for (const WorkloadModule* const workload : workloads) {
    const auto chosen = parameters_to_check(asking.catalog, *workload, asking.settings);
    std::set<std::string> lacking;  // of a backend that can run none of it, one refusal tells
    for (PlannedCell& cell : cells_to_check(chosen, backends, workers_asked)) {
      const bool lack = lacks_form(*module_named(asking.catalog.backends, cell.backend), *workload);
      if (lack && !lacking.insert(cell.backend).second) continue;
      examination.questions.push_back({std::move(cell), lack ? judge_lack : judge_answer});
    }
  }
  return examination;
}

Examination oracle(const WorkloadModule& workload, const Asking& asking) {
  Examination examination{
      .promise =
          {"oracle", "its check notices a result that is damaged",
           "results that are wrong would count as right: no backend could be caught that runs this "
           "workload wrong",
           "compare every slot, in `check`, with something that is not the code of the tasks. Where tasks "
           "leave nothing to look at, as an empty task does, this cannot hold"},
      .questions = {}};
  const auto judge_right = [](const Sample& sample) -> Reply {
    if (sample.status == Status::unsupported) return {Kept::refused, sample.detail};
    if (sample.status == Status::ok) return {};
    return {Kept::no, fmt::format("{}; nothing was damaged", how_it_ended(sample))};
  };
  const auto judge_damaged = [](const Sample& sample) -> Reply {
    if (sample.status == Status::unsupported) return {Kept::refused, sample.detail};
    if (sample.status == Status::wrong || sample.lost.value_or(0) > 0) return {};
    if (sample.status != Status::ok) return {Kept::no, how_it_ended(sample)};
    return {Kept::no, "ok, though every bit of one task's result was inverted"};
  };
  std::vector<ChosenBackend> damages;
  const BackendModule& damage = *module_named(asking.catalog.backends, std::string(probe_prefix) + "damage");
  for (const Parameters& variant : all_variants(damage.options))
    damages.push_back({&damage, variant.canonical()});
  const auto chosen = parameters_to_check(asking.catalog, workload, asking.settings);
  for (PlannedCell& cell : cells_to_check(chosen, damages, std::array{1U})) {
    const bool right = cell.variant == damages.front().variant;  // "task=none", the default
    examination.questions.push_back(
        {std::move(cell), right ? SampleJudge(judge_right) : judge_damaged, true});
  }
  return examination;
}

Examination unchanged(const WorkloadModule& workload, const Asking& asking) {
  Examination examination{
      .promise =
          {"unchanged", "its tasks leave the inputs as they were",
           "executions after the first find other inputs, and may have less to do: of a sort in place, "
           "all but the first sort what is sorted; a warm execution is not the work that was meant",
           "write slots only; what a task needs for itself, it makes itself. Where tasks do hand on what "
           "they write into the memory, say so (`writes_memory`)"},
      .questions = {}};
  const auto judge = [](const Sample& sample) -> Reply {
    if (sample.status == Status::unsupported) return {Kept::refused, sample.detail};
    if (sample.status == Status::ok) return {};
    return {Kept::no, how_it_ended(sample)};
  };
  const std::string probe = std::string(probe_prefix) + "unchanged";
  const ChosenBackend watching{module_named(asking.catalog.backends, probe), {}};
  const auto chosen = parameters_to_check(asking.catalog, workload, asking.settings);
  for (PlannedCell& cell : cells_to_check(chosen, std::array{watching}, std::array{1U}))
    examination.questions.push_back({std::move(cell), judge, true});
  return examination;
}

}  // namespace runoff
