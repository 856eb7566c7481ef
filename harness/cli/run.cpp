#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "catalog/equal_terms.h"
#include "cli/commands.h"
#include "cli/dry_run.h"
#include "cli/finish.h"
#include "cli/left_out.h"
#include "cli/measuring.h"
#include "cli/prepare.h"
#include "cli/progress.h"
#include "cli/run_options.h"
#include "cli/warnings.h"
#include "doctor/at_rest.h"
#include "process/interruption.h"
#include "record/environment.h"
#include "record/run_folder.h"
#include "record/samples_file.h"
#include "run/cell_runner.h"
#include "run/sampling.h"
#include "support/errors.h"
#include "support/files.h"
#include "support/json.h"

namespace runoff {
namespace {

void skip_what_does_not_fit(const Prepared& run, Sampling& sampling) {
  for (std::size_t i = 0; i < run.plan.cells.size(); ++i) {
    const PlannedCell& cell = run.plan.cells[i];
    const auto& backends = run.catalog.backends;
    const auto backend = std::find_if(backends.begin(), backends.end(),
                                      [&cell](const BackendModule& one) { return one.name == cell.backend; });
    if (const auto why = what_does_not_fit(cell, *backend, run.memory, run.machine.memory_available))
      sampling.skip(i, *why);
  }
}

/// environment.json of a run that begins or goes on.
Json environment_of(const Prepared& run, const RunOptions& options, const Pairs& cleared,
                    std::span<const Finding> findings, const RunFolder& folder) {
  if (folder.resumed()) {
    try {
      Json found = read_json(folder.environment());
      found["resumed"].push_back({{"at", time_stamp()}, {"command_line", options.command_line}});
      return found;
    } catch (const JsonError&) {
      // Lost or damaged: it is described anew.
    }
  }
  return new_environment(run, options, cleared, findings);
}

void write_json(const std::filesystem::path& file, const Json& json) {
  write_file(file, to_text(json, 2) + "\n");
}

/// Measures what the file has not, and notes in the environment what there was no time for.
RunEnd take_samples(const Prepared& run, const RunOptions& options, const RunFolder& folder,
                    SamplesFile& file, Json& environment) {
  Interruption::install();
  CellsAtWork cells(run, options);
  const auto describe = [&](const LeftOut& left_out) {
    return describe_left_out(left_out, run.plan, options.command_line);
  };
  ProgressLine line(options.quiet);
  Sampling sampling(run.plan, folder.name(), cells.runner(), Budget(run.budget),
                    {.sample = [&file](const Sample& sample) { file.append(sample); },
                     .progress = [&line](const Progress& progress) { line.show(progress); },
                     .left_out =
                         [&](const LeftOut& left_out) {
                           line.clear();
                           if (left_out.parts.empty() && !options.quiet)
                             fmt::print(stderr, "there was time for all of it after all\n");
                           for (const auto& one : describe(left_out))
                             fmt::print(stderr, "warning: {}\n", one.at("sentence").get<std::string>());
                         }});
  skip_what_does_not_fit(run, sampling);
  sampling.resume(file.existing());
  const RunEnd end = sampling.run();
  environment.erase("left_out");  // an earlier session's
  if (auto left_out = describe(end.left_out); !left_out.empty())
    environment["left_out"] = std::move(left_out);
  environment.erase("open");
  if (auto open = describe_open(end, run.plan, options.command_line, folder.path()); !open.is_null())
    environment["open"] = std::move(open);
  return end;
}

/// A module that is built anew while the run goes on is measured as both.
void note_builds_meanwhile(const Prepared& run, Json& environment) {
  const auto now = module_hashes(run);
  for (const auto& [name, hash] : run.plan.modules) {
    if (now.at(name) == hash) continue;
    const auto sentence = fmt::format(
        "{} was built anew while the run went on, so its samples are of both builds; measure again", name);
    fmt::print(stderr, "warning: {}\n", sentence);
    environment["unequal_terms"].push_back(sentence);
  }
}

}  // namespace

int run(const RunOptions& options) {
  if (options.resume && options.out.empty())
    throw UsageError("--resume needs --out DIR: which run is to go on?");
  options.time_limit();  // these complain before anything is done
  options.tie_precision();
  options.launcher_commands();
  // What steers one runtime only is none of the user's settings for all of them; see docs/how-it-measures.md.
  const SteeringVariables steering = find_steering(environ);
  take_out(steering.of_one_runtime);
  const Prepared run = prepare(options, steering.of_all_cells);
  if (options.dry_run) {
    return dry_run(run, options);
  }
  const RunFolder folder(options.out.empty() ? default_run_folder() : options.out, options.resume,
                         to_json(run.plan));
  SamplesFile file(folder.samples());
  const std::vector<Finding> findings = examine_at_rest(run.machine);
  Json environment = environment_of(run, options, steering.of_one_runtime, findings, folder);
  write_json(folder.environment(), environment);
  for (const auto& warning : warnings_before(run.machine, steering, findings))
    fmt::print(stderr, "warning: {}\n", warning);
  for (const auto& warning : unequal_terms(run.backends(), run.workloads()))
    fmt::print(stderr, "warning: {}\n", warning);

  const RunEnd end = take_samples(run, options, folder, file, environment);
  note_builds_meanwhile(run, environment);
  environment["finished"] = time_stamp();
  write_json(folder.environment(), environment);
  return finish(options, folder, run.plan, end);
}

}  // namespace runoff
