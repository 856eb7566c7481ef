#pragma once

#include <filesystem>

#include "cli/run_options.h"

namespace runoff {

/// Two runs that were measured side by side.
struct Interleaved {
  std::filesystem::path before, after;  ///< their folders
  bool interrupted = false;
};

/// Measures what `options` says with another build of runoff (a folder), or with another build of one of the
/// plug-ins (a file of the same name), and with the one that runs: every sample of a round with both, in one
/// shuffled order. Throws UsageError and MachineError.
Interleaved interleave(const std::filesystem::path& old_build, const RunOptions& options);

}  // namespace runoff
