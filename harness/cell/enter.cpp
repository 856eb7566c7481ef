#include "cell/enter.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <numeric>
#include <string>

namespace runoff::cell {

void enter_usage(const Usage& used, std::optional<std::int64_t> energy_uj, std::int64_t iterations,
                 Outcome& outcome) {
  const auto mean = [iterations](std::int64_t sum) {
    return std::llround(static_cast<double>(sum) / static_cast<double>(iterations));
  };
  // A process that left the tree of this one took its counts with it: then there is less than before.
  const auto known = [&mean](std::int64_t sum) { return sum < 0 ? Outcome::Number() : mean(sum); };
  outcome.cpu_ns = mean(used.cpu_ns);
  // The kernel tells by samples where a thread was, and not the same of one thread as of a process.
  outcome.system_ns =
      std::clamp<std::int64_t>(mean(used.system_ns), 0, std::max<std::int64_t>(*outcome.cpu_ns, 0));
  outcome.voluntary_switches = known(used.voluntary_switches);
  outcome.involuntary_switches = known(used.involuntary_switches);
  outcome.minor_faults = known(used.minor_faults);
  outcome.major_faults = known(used.major_faults);
  if (energy_uj) outcome.energy_uj = mean(*energy_uj);
}

void enter_turnouts(const std::vector<std::uint64_t>& turnouts, Outcome& outcome) {
  const double all = static_cast<double>(std::accumulate(turnouts.begin(), turnouts.end(), std::uint64_t{0}));
  for (std::size_t workers = 0; workers < turnouts.size(); ++workers) {
    if (turnouts[workers] == 0) continue;
    if (!outcome.workers_seen) outcome.workers_seen = static_cast<std::int64_t>(workers);
    outcome.workers_most = static_cast<std::int64_t>(workers);
    // Not printf: a backend may have chosen another language's decimal point.
    char share[32];
    const auto end =
        std::to_chars(std::begin(share), std::end(share), static_cast<double>(turnouts[workers]) / all,
                      std::chars_format::general, 4);
    std::string& shares = outcome.workers_shares;
    if (!shares.empty()) shares += ';';
    shares += std::to_string(workers);
    shares += '=';
    shares.append(std::begin(share), end.ptr);
  }
}

void enter_records(const TaskRecords& records, Outcome& outcome) {
  outcome.latency_quantiles = records.quantiles();
  if (const auto& quantiles = outcome.latency_quantiles; !quantiles.empty()) {
    outcome.latency_p50_ns = at_quantile(quantiles, 0.5);
    outcome.latency_p95_ns = at_quantile(quantiles, 0.95);
    outcome.latency_p99_ns = at_quantile(quantiles, 0.99);
    outcome.latency_max_ns = quantiles.back().second;
  }
  if (records.kept()) outcome.tasks_failed = static_cast<std::int64_t>(records.failed());
  outcome.status = records.failed() > 0 ? Status::failed : Status::ok;
  if (records.failed() > 0) outcome.detail = records.failures();
}

}  // namespace runoff::cell
