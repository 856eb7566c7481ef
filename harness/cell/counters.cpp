#include "cell/counters.h"

#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace runoff::cell {
namespace {

int open_event(Event event, pid_t thread, bool kernel) {
  perf_event_attr attributes{};
  attributes.size = sizeof(attributes);
  attributes.type = event.type;
  attributes.config = event.number;
  attributes.inherit = 1;
  attributes.exclude_kernel = kernel ? 0 : 1;
  attributes.exclude_hv = 1;
  attributes.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
  return static_cast<int>(::syscall(SYS_perf_event_open, &attributes, thread, -1, -1, PERF_FLAG_FD_CLOEXEC));
}

/// Who may not count what the kernel does (perf_event_paranoid) may still count programs.
Descriptor open_event(Event event, pid_t thread) {
  int descriptor = open_event(event, thread, true);
  if (descriptor < 0 && (errno == EACCES || errno == EPERM)) descriptor = open_event(event, thread, false);
  return Descriptor(descriptor);
}

/// Where there are more events than the processor has counters, each is counted for a share of the time.
std::optional<std::int64_t> value_of(const Descriptor& descriptor) {
  struct {
    std::uint64_t count, enabled, running;
  } found{};
  if (::read(descriptor.get(), &found, sizeof(found)) != sizeof(found)) return std::nullopt;
  if (found.running == 0) return found.enabled == 0 ? std::optional<std::int64_t>(0) : std::nullopt;
  return static_cast<std::int64_t>(static_cast<double>(found.count) * static_cast<double>(found.enabled) /
                                   static_cast<double>(found.running));
}

}  // namespace

Counters::Counters(std::span<const pid_t> threads, const std::vector<Event>& events) {
  for (const Event event : events) {
    auto& of_event = descriptors_.emplace_back();
    for (const pid_t thread : threads) {
      Descriptor descriptor = open_event(event, thread);
      if (descriptor.get() < 0 && errno == ESRCH) continue;  // it has ended meanwhile
      if (descriptor.get() < 0) {
        descriptors_.clear();
        return;
      }
      of_event.push_back(std::move(descriptor));
    }
  }
}

Counters Counters::of_processor(std::span<const pid_t> threads) {
  return {threads,
          {{PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS},
           {PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES},
           {PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_MISSES}}};
}

std::optional<std::vector<std::int64_t>> Counters::read() const {
  if (descriptors_.empty()) return std::nullopt;
  std::vector<std::int64_t> sums;
  for (const auto& of_event : descriptors_) {
    sums.push_back(0);
    for (const Descriptor& descriptor : of_event) {
      const auto value = value_of(descriptor);
      if (!value) return std::nullopt;
      sums.back() += *value;
    }
  }
  return sums;
}

}  // namespace runoff::cell
