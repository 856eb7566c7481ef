#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "machine/boundaries.h"
#include "record/sample.h"
#include "report/setup.h"
#include "statistics/cells.h"
#include "statistics/host_scaling.h"
#include "statistics/latency_curves.h"
#include "statistics/sweeps.h"

namespace runoff {

/// A folder that holds no run, or a damaged one. One line: what is wrong, where, and what would be right.
struct ReportError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What environment.json says of the machine; empty where it is missing or does not say.
struct MachineFacts {
  std::string processor;
  std::optional<std::int64_t> cores;  ///< that cells could use
  std::string host;
  std::string started;
  std::string load_average;
  std::vector<Boundary> boundaries = {};    ///< that workers met as they were placed
  std::vector<WorkersOnHosts> places = {};  ///< where there are several hosts

  /// "AMD EPYC, 2 cores"; empty where nothing is known.
  std::string text() const;
};

/// What a run left out on purpose.
struct Omission {
  std::string sentence;         ///< what, why, and how to have it
  std::set<std::string> cells;  ///< their benchmark names
};

/// A published experiment that a run made again.
struct MadeAgain {
  struct Row {
    std::string workload, parameters, backend, variant;
    std::int64_t workers = 1;
    std::string published;  ///< the figure that was given for it; may be empty
  };
  std::string name, about, says;
  std::vector<Row> rows;
};

/// Of backends: how to get them, by variant, the first that holds.
using Origins = std::map<std::string, std::vector<std::pair<std::string, std::string>>>;

/// A run that was read from its folder.
struct LoadedRun {
  std::filesystem::path folder;
  SharedSamples samples;
  MachineFacts machine;
  Rules rules = {};   ///< as the run was measured by them
  bool torn = false;  ///< the last row is cut short and was left out
  /// Of workloads that have a grain: the parameter that it is.
  std::map<std::string, std::string> grains = {};
  /// Of workloads whose speed-ups are not against `serial`: against what.
  std::map<std::string, std::string> references = {};
  Origins origins = {};
  std::vector<MadeAgain> experiments = {};
  ConcurrencyOptions concurrency_options = {};
  std::vector<Omission> left_out = {};
  std::string interleaved = {};  ///< what runs share that were measured side by side
  std::string open = {};         ///< how many verdicts are not settled, and what would settle them
  std::vector<std::string> unequal_terms = {};  ///< why modules are not to be compared
  std::vector<LatencyCurve> latencies = {};
  RunSetup setup = {};
};

/// Throws ReportError, and MachineError for a file that is there and cannot be read.
LoadedRun load_run(const std::filesystem::path& folder);

}  // namespace runoff
