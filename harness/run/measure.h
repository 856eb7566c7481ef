#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "run/cell_request.h"
#include "run/endpoint_server.h"
#include "launcher/launcher.h"
#include "plan/plan.h"
#include "record/samples_file.h"

namespace runoff {

/// How far a run is.
struct Progress {
  std::size_t done = 0;
  std::size_t total = 0;              ///< samples of the plan
  std::chrono::nanoseconds left{0};   ///< estimate for the rest
  const PlannedCell* cell = nullptr;  ///< what was measured last
  const Sample* sample = nullptr;
};

/// How a run ended.
struct RunEnd {
  bool interrupted = false;
  unsigned whole_rounds = 0;  ///< rounds of which no sample is missing
  std::size_t left_out = 0;   ///< samples that the budget left no time for
};

/// Measures a plan's cells in its order and appends each sample to the file, those that the file has already
/// left out. The cell's process is all that changes between one sample and the next.
class Measure {
 public:
  Measure(const Plan& plan, const Catalog& catalog, CellSettings settings, std::string run_name,
          std::function<void(const Progress&)> report)
      : plan_(plan),
        catalog_(catalog),
        settings_(std::move(settings)),
        run_(std::move(run_name)),
        report_(std::move(report)),
        spent_on_(plan.cells.size()),
        given_up_(plan.cells.size()) {}

  /// Cells that are not to be started, and why: their samples are `skipped`.
  void skip(std::size_t cell, std::string why) { given_up_.at(cell) = std::move(why); }

  /// The server that cells use whose workload needs one: what `CellSettings::endpoint` names is then not
  /// used. When it ends too early, the sample says so and it is started anew.
  void use(EndpointServer& server) { server_ = &server; }

  /// Goes on until all is measured, `Interruption` happens, or the next sample would not fit into the budget.
  /// From the second round on a round is only begun when all of it fits. Throws MachineError.
  RunEnd run(SamplesFile& file, Launcher& launcher, std::optional<std::chrono::nanoseconds> budget);

 private:
  /// Nothing when it was interrupted, or had not ended within a `limit` below the time limit.
  std::optional<Sample> take(std::size_t cell, Launcher& launcher, const std::filesystem::path& result,
                             std::chrono::nanoseconds limit);
  void learn(std::size_t cell, const Sample& sample);
  std::chrono::nanoseconds expected(std::size_t cell) const;

  /// What the samples of a cell took, started to ended.
  struct Spent {
    std::chrono::nanoseconds time{0};
    unsigned samples = 0;
  };

  const Plan& plan_;
  const Catalog& catalog_;
  CellSettings settings_;
  std::string run_;
  std::function<void(const Progress&)> report_;
  std::vector<Spent> spent_on_;
  Spent all_;
  EndpointServer* server_ = nullptr;
  std::vector<std::string> given_up_;  ///< why; empty for cells that are measured
};

}  // namespace runoff
