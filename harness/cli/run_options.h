#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plan/plan.h"
#include "plan/preset.h"
#include "report/report.h"

namespace runoff {

/// The command line of `runoff run`, as it was given.
struct RunOptions {
  std::string preset;
  std::vector<std::string> workloads, backends, workers, set;
  unsigned samples = 0;  ///< 0: the preset's
  std::string precision;
  std::string budget;
  std::uint64_t seed = 1;
  std::string timeout = "30s";
  std::string placement = "pinned";
  std::vector<std::string> launchers;  ///< BACKEND=COMMAND
  std::string mpi_launcher;            ///< the older way to say mpi=COMMAND
  std::filesystem::path hosts;         ///< a file that names those on which launchers start workers
  std::string endpoint;
  std::string python;  ///< a file with a function of the reader's own
  std::filesystem::path out;
  bool huge_pages = false;   ///< it is an error where the kernel gives none
  bool small_pages = false;  ///< where it would give huge ones, too
  bool one_by_one = false;   ///< no cell waits while another has a turn
  bool resume = false;
  bool dry_run = false;
  bool quiet = false;
  bool all = false;  ///< tables on a terminal, too
  std::vector<std::filesystem::path> plugins;
  Exports exports;  ///< of the report that ends it
  std::vector<std::string> command_line;

  /// Its name was checked when the command line was read.
  Placement placed() const { return parse_placement(placement).value_or(Placement::pinned); }
  /// Throws UsageError.
  std::chrono::nanoseconds time_limit() const;
  /// As a share of 1. Throws UsageError.
  double tie_precision() const;
  /// Commands that start workers, by backend. Throws UsageError.
  std::map<std::string, std::string> launcher_commands() const;
};

/// "90s": a time above 0. Throws UsageError, which names the option.
std::chrono::nanoseconds read_time(const char* option, const std::string& text);

/// "3%" as 0.03: a share from 0.1 to 50 %. Throws UsageError, which names the option.
double read_percent(const char* option, const std::string& text);

/// What is to run: the preset with what the command line says instead. A workload that is named runs as those
/// selections of the preset say that have it, and as the first says where none has. Workloads that are named
/// without a preset run with their own defaults and without a budget.
struct Selected {
  std::vector<Selection> selections;
  bool workloads_from_preset = false;
  bool backends_from_preset = false;
  unsigned samples = 0;  ///< of each cell; 0: as many as settle its verdicts
  std::optional<std::chrono::nanoseconds> budget;
};
/// Throws UsageError.
Selected select(const RunOptions& options, const std::vector<Preset>& presets);

}  // namespace runoff
