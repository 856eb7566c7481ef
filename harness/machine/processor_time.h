#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace runoff {

/// What processors have done since the machine was started, in ns. The kernel counts in steps of 10 ms on
/// most machines.
struct ProcessorTime {
  std::int64_t busy_ns =
      0;  ///< running programs and threads of the kernel; without interrupts, which have no owner
  std::int64_t steal_ns = 0;  ///< ready to run while the host ran something else
};

/// Of these processors together. Nothing where the kernel does not say it of each of them. `root` is where
/// /proc is.
std::optional<ProcessorTime> read_processor_time(std::span<const int> cpus,
                                                 const std::filesystem::path& root = "/");

/// Threads that run or wait for a processor just now, this one included, and processors of the machine.
struct RunningThreads {
  std::size_t threads = 0;
  std::size_t processors = 0;
};
/// Nothing where the kernel does not say it.
std::optional<RunningThreads> read_running(const std::filesystem::path& root = "/");

/// A process, and the processor time that it used, its ended children left out.
struct ProcessTime {
  pid_t process = 0;
  pid_t parent = 0;
  std::string name;
  std::int64_t cpu_ns = 0;
};

/// All that can be seen, by number.
std::map<pid_t, ProcessTime> read_process_times(const std::filesystem::path& root = "/");

/// What each process used between two looks, the busiest first; without those that used nothing, without
/// `own` and without what descends from it.
std::vector<ProcessTime> busiest(const std::map<pid_t, ProcessTime>& before,
                                 const std::map<pid_t, ProcessTime>& after, pid_t own);

}  // namespace runoff
