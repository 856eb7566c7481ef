#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "machine/cgroup.h"
#include "machine/processor_time.h"
#include "record/surroundings.h"

namespace runoff {

/// Looks out for what else goes on on this machine while samples are taken.
class Lookout {
 public:
  using Clock = std::chrono::steady_clock;
  /// Time as this class sees it, so that tests can have their own.
  struct Time {
    std::function<Clock::time_point()> now;
    std::function<void(std::chrono::nanoseconds)> sleep;
  };
  static Time real_time();

  /// A sample waits at most so long for others, and all together so much of the time that has passed.
  static constexpr std::chrono::milliseconds most_patience{20};
  static constexpr double share_of_waiting = 0.02;

  /// `cpus` are those that cells may use; `root` is where /proc and /sys are.
  explicit Lookout(std::vector<int> cpus, std::filesystem::path root = "/", Time time = real_time());

  /// Before a sample. Waits a little where others are busy. `own_cpu_ns`: what runoff and all that it started
  /// have used so far.
  void begin(std::int64_t own_cpu_ns);
  /// After the sample, and all that it started.
  Surroundings end(std::int64_t own_cpu_ns) const;

 private:
  struct Look {
    Clock::time_point at;
    std::optional<ProcessorTime> processors;
    std::optional<std::int64_t> throttled_ns;
    std::optional<std::int64_t> memory_stall_ns;
    std::int64_t own_cpu_ns = 0;
  };
  Look look(std::int64_t own_cpu_ns) const;
  bool others_are_busy() const;
  std::chrono::nanoseconds wait_for_others();

  std::vector<int> cpus_;
  std::filesystem::path root_;
  Throttling throttling_;
  Time time_;
  Clock::time_point made_;
  std::chrono::nanoseconds waited_in_all_{0};
  std::chrono::nanoseconds waited_{0};  ///< before this sample
  Look before_;
};

}  // namespace runoff
