#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace runoff {

/// How programs had to wait for memory, over the whole machine (the kernel's PSI).
struct MemoryPressure {
  double percent_now = 0;     ///< of the last 10 s in which some program waited
  std::int64_t stall_ns = 0;  ///< in all since the machine was started
};

/// Nothing where the kernel does not count it. `root` is where /proc is.
std::optional<MemoryPressure> read_memory_pressure(const std::filesystem::path& root = "/");

}  // namespace runoff
