#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "cell/stamps_file.h"

namespace runoff {

/// What one thread did in one execution, in the order in which its chunks ended.
struct StampedThread {
  pid_t thread = 0;
  std::vector<Stamp> stamps;
};

struct StampedExecution {
  std::int64_t begin_ns = 0, end_ns = 0;
  std::vector<StampedThread> threads;  ///< by number
};

/// The executions of a cell that were stamped.
struct StampedCell {
  std::vector<StampedExecution> executions;  ///< those of which no stamp was dropped
  std::size_t incomplete = 0;                ///< executions that are left out because some was
  std::uint64_t dropped = 0;                 ///< chunks that found no room
  std::optional<double> run_delay_ns;  ///< waiting for a core, of all threads together, in one execution
};

/// Nothing where there is no such file, or one of another build.
std::optional<StampedCell> read_stamps(const std::filesystem::path& file);

}  // namespace runoff
