#pragma once

#include <filesystem>

#include "catalog/catalog.h"
#include "launcher/launcher.h"
#include "plan/plan.h"
#include "run/cell_request.h"
#include "run/endpoint_server.h"
#include "run/lookout.h"
#include "run/memory_files.h"
#include "run/runner.h"

namespace runoff {

/// What cells are started with.
struct Build {
  const Catalog* catalog;
  CellSettings settings;
};

/// Measures a plan's cells, each sample in a process of its own that runoff-launcher starts. That process is
/// all that changes between one sample and the next.
class CellRunner final : public Runner {
 public:
  CellRunner(const Plan& plan, const Catalog& catalog, CellSettings settings, Launcher& launcher);
  /// Of several builds, which measure equal parts of the plan: the first one its first cells. They have the
  /// time limit, the processors and the room for turns of the first.
  CellRunner(const Plan& plan, std::vector<Build> builds, Launcher& launcher);

  /// The server that cells use whose workload needs one: what `CellSettings::endpoint` names is then not
  /// used. When it ends too early, the sample says so and it is started anew.
  void use(EndpointServer& server) { server_ = &server; }

  std::optional<Taken> take(std::size_t cell, std::chrono::nanoseconds limit) override;
  /// As many at a time as there is room for.
  std::vector<std::optional<Taken>> take_in_turns(std::span<const std::size_t> cells,
                                                  std::chrono::nanoseconds limit) override;
  std::size_t most_in_turns() const override;
  std::chrono::nanoseconds time_limit() const override { return builds_.front().settings.timeout; }
  bool interrupted() const override;

 private:
  /// What is kept for a cell while its sample is taken.
  struct Place {
    std::filesystem::path result;
    EndpointServer* server = nullptr;
    std::vector<LentFile> memory = {};
  };
  std::vector<std::optional<Taken>> measure(std::span<const std::size_t> company,
                                            std::chrono::nanoseconds limit);
  Place make_place(std::size_t cell, std::size_t number);
  std::vector<LentFile> lend_memory(std::size_t cell);
  Taken taken(std::size_t cell, const Answer& answer, const Place& place, const Surroundings& surroundings);
  Build& build_of(std::size_t cell);
  std::optional<Provisions> expected_needs(std::size_t cell);
  /// What runoff has used, and all that it started.
  std::int64_t own_cpu_ns() const;
  /// Says in the outcome which hosts are gone: the launcher's own words do not always name them.
  void look_for_silent_hosts(std::size_t cell, Outcome& outcome);

  const Plan& plan_;
  std::vector<Build> builds_;
  Launcher& launcher_;
  std::vector<std::optional<Provisions>> needs_;  ///< as measured; before that, as expected
  Lookout lookout_;
  std::int64_t launched_cpu_ns_ = 0;  ///< of the launcher, and of all samples
  EndpointServer* server_ = nullptr;
  MemoryFiles memory_files_;
};

}  // namespace runoff
