#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <vector>

#include "cell/read_stamps.h"
#include "cli/prepare.h"
#include "cli/run_options.h"
#include "explain/explanation.h"
#include "explain/serial_cost.h"
#include "launcher/launcher.h"
#include "report/load.h"
#include "report/names.h"
#include "run/cell_runner.h"
#include "run/endpoint_server.h"
#include "statistics/summary.h"

namespace runoff {

/// Takes the samples that explain cells of a run, a stamped one of each, which no verdict counts.
class Explainer {
 public:
  /// `options` are those that the run was measured with. Throws MachineError.
  Explainer(const LoadedRun& run, const Names& names, RunOptions options, std::span<const Contest> contests);

  /// All of one problem; nothing when it was interrupted. What could not be measured is told.
  std::optional<std::vector<Explanation>> explain(const Contest& contest, nlohmann::ordered_json* trace);

  struct Measured {
    Sample sample;
    StampedCell stamped;
  };
  /// One worker that runs all tasks of a contest's problem; nothing when it was interrupted.
  std::optional<Measured> measure_serial(const Problem& problem);

  const Prepared& prepared() const { return prepared_; }
  /// Whether some sample went wrong.
  bool failed() const { return failed_; }

 private:
  void prepare_cells(const LoadedRun& run, std::span<const Contest> contests);
  void add(const PlannedCell& cell);
  bool is_there(const Cell& cell);
  std::optional<Measured> measure(const PlannedCell& cell, CellRunner& runner);
  void complain(const std::string& what, const Sample& sample);
  Explanation explanation(const SummaryRow& row, const Contest& contest, const Measured& measured,
                          const SerialCost& serial, const std::string& problem) const;

  const Names& names_;
  RunOptions options_;
  Prepared prepared_;
  std::optional<Launcher> launcher_;
  std::filesystem::path stamps_;
  std::optional<CellRunner> runner_, serial_runner_;
  std::optional<EndpointServer> server_;
  int traced_ = 0;
  bool failed_ = false;
};

/// Writes them into explain.csv of the folder, in the place of older ones of the same problem.
void keep_explanations(const std::filesystem::path& folder, const std::vector<Explanation>& fresh);

nlohmann::ordered_json to_json(const Explanation& one);

}  // namespace runoff
