#include "run/lookout.h"

#include <algorithm>
#include <thread>

#include "machine/frequency.h"
#include "machine/pressure.h"

namespace runoff {
namespace {

constexpr std::chrono::milliseconds patience_step{2};

std::optional<std::int64_t> passed(const std::optional<std::int64_t>& before,
                                   const std::optional<std::int64_t>& after) {
  return before && after ? std::optional(std::max<std::int64_t>(0, *after - *before)) : std::nullopt;
}

}  // namespace

Lookout::Time Lookout::real_time() {
  return {&Clock::now, [](std::chrono::nanoseconds time) { std::this_thread::sleep_for(time); }};
}

Lookout::Lookout(std::vector<int> cpus, std::filesystem::path root, Time time)
    : cpus_(std::move(cpus)),
      root_(std::move(root)),
      throttling_(root_),
      time_(std::move(time)),
      made_(time_.now()) {}

void Lookout::begin(std::int64_t own_cpu_ns) {
  waited_ = wait_for_others();
  before_ = look(own_cpu_ns);
}

Surroundings Lookout::end(std::int64_t own_cpu_ns) const {
  const Look after = look(own_cpu_ns);
  Surroundings seen;
  seen.observed_ns = std::chrono::nanoseconds(after.at - before_.at).count();
  seen.waited_ns = waited_.count();
  if (before_.processors && after.processors) {
    const std::int64_t own = after.own_cpu_ns - before_.own_cpu_ns;
    const std::int64_t busy = after.processors->busy_ns - before_.processors->busy_ns;
    seen.other_cpu_ns = std::max<std::int64_t>(0, busy - own);
    seen.steal_ns = after.processors->steal_ns - before_.processors->steal_ns;
  }
  seen.throttled_ns = passed(before_.throttled_ns, after.throttled_ns);
  seen.memory_stall_ns = passed(before_.memory_stall_ns, after.memory_stall_ns);
  seen.clock_khz = read_highest_clock_khz(cpus_, root_);
  seen.disturbed_by = name_disturbances(seen, cpus_.size());
  return seen;
}

Lookout::Look Lookout::look(std::int64_t own_cpu_ns) const {
  Look now{time_.now(), read_processor_time(cpus_, root_), throttling_.read_ns(), std::nullopt, own_cpu_ns};
  if (const auto pressure = read_memory_pressure(root_)) now.memory_stall_ns = pressure->stall_ns;
  return now;
}

/// So many run that one of them must be on a processor that cells may use, or wait for it. This process is
/// one that runs.
bool Lookout::others_are_busy() const {
  const auto running = read_running(root_);
  return running && running->threads > 1 + running->processors - std::min(running->processors, cpus_.size());
}

std::chrono::nanoseconds Lookout::wait_for_others() {
  const auto began = time_.now();
  std::chrono::nanoseconds waited{0};
  while (waited + patience_step <= most_patience) {
    const auto allowed = std::chrono::duration<double, std::nano>(time_.now() - made_) * share_of_waiting;
    if (waited_in_all_ + waited + patience_step > allowed || !others_are_busy()) break;
    time_.sleep(patience_step);
    waited = time_.now() - began;
  }
  waited_in_all_ += waited;
  return waited;
}

}  // namespace runoff
