#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "doctor/finding.h"
#include "process/capture.h"

namespace runoff {

// What runoff uses of this machine's programs.

/// `version`: what runoff-cell answered to --version.
Finding check_cell(const Captured& version, const std::filesystem::path& cell);

/// Which backends can run, and which are left out.
Finding check_backends(const Catalog& catalog);

/// One for all backends whose workers are started by a launcher. Starts two processes with each.
Finding check_launchers(const Catalog& catalog);

/// Whether hardware counters may be read. `refusal`: why not, as errno has it; 0 where they may.
Finding check_perf(int refusal, const std::filesystem::path& root = "/");
/// Tries to count the instructions of this process.
int try_perf();

/// A Python that was found, and the packages it has of those that were asked for.
struct Python {
  std::string program;
  std::string version;
  std::vector<std::string> packages;
};
/// The first of these programs that has all packages, or else the one that has most; nothing where none is a
/// Python.
std::optional<Python> find_python(std::span<const std::string> programs);
Finding check_python(const std::optional<Python>& python);

}  // namespace runoff
