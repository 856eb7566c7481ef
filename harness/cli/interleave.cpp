#include "cli/interleave.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <vector>

#include "catalog/plugins.h"
#include "cli/measuring.h"
#include "cli/prepare.h"
#include "cli/progress.h"
#include "machine/steering.h"
#include "plan/rounds.h"
#include "process/capture.h"
#include "process/interruption.h"
#include "record/run_folder.h"
#include "record/samples_file.h"
#include "run/cell_runner.h"
#include "run/sampling.h"
#include "support/errors.h"
#include "support/files.h"
#include "support/json.h"
#include "support/standard_streams.h"

namespace runoff {
namespace {

/// Enough to see 3 % where samples scatter by 2 %.
constexpr unsigned usual_samples = 20;

/// One of the two builds: what it is, and where its samples go.
struct Side {
  Install install;
  RunFolder folder;
  SamplesFile file{folder.samples(), folder.name()};
};

/// What cells of this build tell of their options.
std::string help_of_cells(const Install& install) {
  return capture_all({{install.cell().string(), "--help"}}, std::chrono::seconds(20)).front().output;
}

/// Lets cells of both builds have what those of the older one can have.
void keep_what_is_known(const std::string& help, Prepared& run) {
  const auto knows = [&help](const char* option) { return help.find(option) != std::string::npos; };
  if (!knows("--turns")) run.plan.turns = false;
  if (!knows("--huge-pages")) run.plan.huge_pages = false;
  if (!knows("--memory-file")) run.plan.lent_pages = false;
}

/// The plug-ins with the older file in the place of the newer one.
std::vector<std::filesystem::path> with_older(std::vector<std::filesystem::path> plugins,
                                              const std::filesystem::path& older) {
  const auto newer = std::find_if(plugins.begin(), plugins.end(),
                                  [&older](const auto& one) { return one.filename() == older.filename(); });
  if (newer == plugins.end())
    throw UsageError(
        fmt::format("--interleave {0}: there is no --plugin FILE with the name {1} to compare it with",
                    older.string(), older.filename().string()));
  *newer = older;
  return plugins;
}

struct OldBuild {
  Install install;
  Catalog catalog;
};

OldBuild find_old_build(const std::filesystem::path& path, const Prepared& run, const RunOptions& options) {
  std::error_code error;
  if (std::filesystem::is_regular_file(path, error))
    return {run.install, find_catalog(run.install, with_older(all_plugins(options.plugins), path))};
  const Install install = install_at(std::filesystem::absolute(path));
  if (!std::filesystem::exists(install.cell(), error))
    throw UsageError(
        fmt::format("--interleave {}: there is no {}; give the folder of a build, such as "
                    "../old/build/release, or the file of a plug-in",
                    path.string(), install.cell().string()));
  return {install, find_catalog(install, all_plugins(options.plugins))};
}

/// What the older build lacks cannot be compared.
void keep_what_both_have(const Catalog& older, std::vector<PlannedCell>& cells) {
  const auto lacks = [](const auto& modules, const std::string& name) {
    return std::none_of(modules.begin(), modules.end(),
                        [&name](const auto& one) { return one.name == name && one.available; });
  };
  std::erase_if(cells, [&](const PlannedCell& cell) {
    return lacks(older.backends, cell.backend) || lacks(older.workloads, cell.workload);
  });
  if (cells.empty())
    throw UsageError("--interleave: the older build has none of these backends and workloads");
}

void describe(const Side& side, const Prepared& run, const RunOptions& options, const std::string& id,
              const Pairs& cleared) {
  Json environment = new_environment(run, options, cleared, {});
  environment["interleaved"] = id;
  environment["build"] = side.install.bin.parent_path().string();
  write_file(side.folder.environment(), to_text(environment, 2) + "\n");
}

}  // namespace

Interleaved interleave(const std::filesystem::path& old_build, const RunOptions& options) {
  if (options.resume) throw UsageError("--resume: a comparison of two builds is measured in one go");
  const SteeringVariables steering = find_steering(environ);
  take_out(steering.of_one_runtime);
  Prepared run = prepare(options, steering.of_all_cells);
  OldBuild old = find_old_build(old_build, run, options);
  keep_what_both_have(old.catalog, run.plan.cells);
  keep_what_is_known(help_of_cells(old.install), run);
  run.plan.looks.clear();
  run.plan.samples = options.samples > 0 ? options.samples : usual_samples;

  Prepared older = run;  // but for where it was built
  older.install = std::move(old.install);
  older.catalog = std::move(old.catalog);
  older.plan.modules = module_hashes(older);

  Interruption::install();
  Launcher launcher(run.install.launcher());
  std::optional<EndpointServer> server;
  if (run.uses_endpoint && run.plan.endpoint.empty()) server.emplace(run.install.endpoint());

  const auto root = options.out.empty() ? default_run_folder() : options.out;
  Side before{.install = older.install, .folder = RunFolder(root / "before", false, to_json(older.plan))};
  Side after{.install = run.install, .folder = RunFolder(root / "after", false, to_json(run.plan))};
  const std::string id = after.folder.name();
  for (const Side* side : {&before, &after}) describe(*side, run, options, id, steering.of_one_runtime);

  Plan both = run.plan;
  both.cells.insert(both.cells.end(), run.plan.cells.begin(), run.plan.cells.end());
  std::vector<Build> builds;
  for (const Prepared* side : {&older, &run}) {
    builds.push_back({&side->catalog, cell_settings(run, options)});
    builds.back().settings.cell = side->install.cell();
  }
  CellRunner runner(both, std::move(builds), launcher);
  if (server) runner.use(*server);

  ProgressLine line(options.quiet);
  const std::array<Side*, 2> sides{&before, &after};
  Rounds rounds(both);
  const auto side_of = [&](const Sample& sample) {
    return sides[rounds.cell_at(static_cast<std::size_t>(sample.order)) / run.plan.cells.size()];
  };
  Sampling sampling(both, id, runner, Budget(run.budget),
                    {.sample = [&](const Sample& sample) { side_of(sample)->file.append(sample); },
                     .progress = [&line](const Progress& progress) { line.show(progress); },
                     .left_out =
                         [&line](const LeftOut& out) {
                           line.clear();
                           if (!out.parts.empty())
                             warn("the budget is too short for all cells; some are left out");
                         }});
  const RunEnd end = sampling.run();
  if (end.interrupted) say(fmt::format("runoff: interrupted; what was measured is in {}\n", root.string()));
  return {before.folder.path(), after.folder.path(), end.interrupted};
}

}  // namespace runoff
