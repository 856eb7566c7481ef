#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "plan/parts.h"
#include "run/fake_runner.h"
#include "run/sampling.h"

namespace runoff {

/// Each workload (one of each bound) on four backends, with 1 and 2 workers; serial with one.
inline Plan plan_of(const std::vector<std::string>& workloads, unsigned samples = 6) {
  const std::vector<std::string> bounds{"cpu", "memory", "io", "runtime"};
  Plan plan;
  plan.samples = samples;
  for (std::size_t i = 0; i < workloads.size(); ++i)
    for (const std::string backend : {"serial", "team", "fork", "tbb"})
      for (const unsigned workers : {1U, 2U}) {
        if (backend == "serial" && workers > 1) continue;
        plan.cells.push_back({workloads[i], "", bounds[i % bounds.size()], "independent", backend, "",
                              workers, workloads[i] + "/" + backend + "/workers:" + std::to_string(workers)});
      }
  number_parts(plan.cells, 2);
  return plan;
}

inline bool is_of(const PlannedCell& cell, const Sample& sample) {
  return sample.workload == cell.workload && sample.backend == cell.backend && sample.workers == cell.workers;
}

/// What a run of a plan came to.
struct Sampled {
  RunEnd end;
  std::vector<Sample> samples;
  std::vector<LeftOut> left_out;

  unsigned count(const PlannedCell& cell) const {
    return static_cast<unsigned>(std::count_if(samples.begin(), samples.end(),
                                               [&](const Sample& sample) { return is_of(cell, sample); }));
  }
};

inline Sampled take_samples(const Plan& plan, FakeRunner& runner,
                            std::optional<std::chrono::nanoseconds> budget,
                            const std::vector<Sample>& existing = {},
                            const std::function<void(const Sample&)>& keep = {}) {
  Sampled outcome;
  Sampling sampling(plan, "a run", runner, runner.budget(budget),
                    {.sample =
                         [&](const Sample& sample) {
                           if (keep) keep(sample);
                           outcome.samples.push_back(sample);
                         },
                     .progress = [](const Progress&) {},
                     .left_out = [&](const LeftOut& out) { outcome.left_out.push_back(out); }});
  sampling.resume(existing);
  outcome.end = sampling.run();
  return outcome;
}

inline std::vector<std::int64_t> orders(const std::vector<Sample>& samples) {
  std::vector<std::int64_t> orders;
  for (const Sample& sample : samples) orders.push_back(sample.order);
  return orders;
}

}  // namespace runoff
