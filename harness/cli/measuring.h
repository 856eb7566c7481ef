#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>

#include "cli/prepare.h"
#include "doctor/finding.h"
#include "launcher/launcher.h"
#include "run/cell_runner.h"
#include "run/endpoint_server.h"

namespace runoff {

// What every command that measures tells of a run that is prepared.

/// What cells that take turns may have of this machine together.
Provisions room_for_turns(const Machine& machine);

/// How its cells are started.
CellSettings cell_settings(const Prepared& run, const RunOptions& options);

/// What takes its samples, with the endpoint that they need.
class CellsAtWork {
 public:
  CellsAtWork(const Prepared& run, const RunOptions& options);
  CellRunner& runner() { return runner_; }

 private:
  Launcher launcher_;
  CellRunner runner_;
  std::optional<EndpointServer> server_;
};

/// environment.json at its beginning. `cleared` are variables that cells are not given; `findings` the
/// doctor's.
nlohmann::ordered_json new_environment(const Prepared& run, const RunOptions& options, const Pairs& cleared,
                                       std::span<const Finding> findings);

}  // namespace runoff
