#include "cli/run_options.h"

#include <fmt/format.h>

#include <algorithm>

#include "runoff/parameters.h"
#include "support/errors.h"

namespace runoff {
namespace {

constexpr const char* standard_preset = "quick";

std::chrono::nanoseconds read_time(const char* option, const std::string& text) {
  const auto time = parse_duration(text);
  if (!time || *time <= 0)
    throw UsageError(
        fmt::format("{}: '{}' is no time; it takes one such as 90s, 500ms or 2min", option, text));
  return std::chrono::nanoseconds(*time);
}

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Leaves each selection those of the named workloads that it has; the first gets those that none has.
void keep_only(const std::vector<std::string>& named, std::vector<Selection>& selections) {
  std::vector<std::vector<std::string>> kept(selections.size());
  for (const auto& name : named) {
    bool taken = false;
    for (std::size_t i = 0; i < selections.size(); ++i) {
      if (!has(selections[i].workloads, name) && !has(selections[i].workloads, "*")) continue;
      kept[i].push_back(name);
      taken = true;
    }
    if (!taken) kept[0].push_back(name);
  }
  for (std::size_t i = 0; i < selections.size(); ++i) selections[i].workloads = std::move(kept[i]);
  std::erase_if(selections, [](const Selection& one) { return one.workloads.empty(); });
}

}  // namespace

std::chrono::nanoseconds RunOptions::time_limit() const { return read_time("--timeout", timeout); }

std::map<std::string, std::string> RunOptions::launcher_commands() const {
  std::map<std::string, std::string> commands;
  if (!mpi_launcher.empty()) commands["mpi"] = mpi_launcher;
  for (const auto& text : launchers) {
    const std::size_t equals = text.find('=');
    if (equals == text.npos || equals == 0 || equals + 1 == text.size())
      throw UsageError(
          fmt::format("--launcher {}: this is not BACKEND=COMMAND; such as mpi='srun -n {{workers}}'", text));
    commands[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return commands;
}

void add_options(CLI::App& command, RunOptions& options) {
  const auto list = [&command](const char* name, std::vector<std::string>& values, const char* help) {
    return command.add_option(name, values, help)->allow_extra_args(false);
  };
  command.add_option("--preset", options.preset,
                     "A selection with a name; see 'runoff list presets' (quick)");
  list("--workloads", options.workloads, "Instead of the preset's; '*' for all")
      ->delimiter(',')
      ->type_name("A,B");
  list("--backends", options.backends,
       "Instead of the preset's; X:* for all variants of X, '*' for all backends")
      ->delimiter(',')
      ->type_name("X,Y:OPTION=VALUE");
  list("--workers", options.workers,
       "Numbers, 'cores', '2xcores', or auto: 1, 2, 4 ... the cores, and twice that")
      ->delimiter(',')
      ->type_name("1,2,4|auto");
  list("--set", options.set, "A parameter of a workload; several values are taken in turn")
      ->type_name("WORKLOAD.PARAMETER=VALUE[,VALUE]");
  command.add_option("--samples", options.samples, "Of each cell; fewer than 6 give no verdict (6)")
      ->check(CLI::Range(1U, 100'000U))
      ->type_name("N");
  command
      .add_option("--budget", options.budget,
                  "About how long to measure: what does not fit is left out, and said")
      ->type_name("TIME");
  command.add_option("--seed", options.seed, "Decides the order of the samples (1)")->type_name("N");
  command.add_option("--timeout", options.timeout, "Time limit of one sample (30s)")->type_name("TIME");
  command
      .add_option("--placement", options.placement,
                  "pinned: each worker on its own core; free: the system decides")
      ->check(CLI::IsMember({"pinned", "free"}))
      ->type_name("pinned|free");
  command
      .add_option(
          "--launcher", options.launchers,
          "What starts a backend's workers instead of its own launcher, such as mpi='srun -n {workers}'")
      ->allow_extra_args(false)
      ->type_name("BACKEND=COMMAND");
  command.add_option("--mpi-launcher", options.mpi_launcher, "The same as --launcher mpi=COMMAND")
      ->type_name("COMMAND");
  command
      .add_option("--endpoint", options.endpoint,
                  "A server that fetching workloads use instead of runoff's own: GET URL/{letter}.txt")
      ->type_name("URL");
  command.add_option("--out", options.out, "The run's folder (results/ and the time)")->type_name("DIR");
  command.add_flag("--resume", options.resume, "Go on with the run in --out");
  command.add_flag("--dry-run", options.dry_run,
                   "Check everything, print the cells and their order, measure nothing");
  command.add_option("--plugin", options.plugins, "A module from elsewhere")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command.add_flag("--quiet", options.quiet, "Print warnings and errors only");
}

Selected select(const RunOptions& options, const std::vector<Preset>& presets) {
  const bool own = options.preset.empty() && !options.workloads.empty();
  const Preset& preset = find_preset(presets, options.preset.empty() ? standard_preset : options.preset);
  Selected selected{.selections = preset.selections,
                    .workloads_from_preset = options.workloads.empty(),
                    .backends_from_preset = options.backends.empty(),
                    .samples = options.samples > 0 ? options.samples : preset.samples,
                    .budget = std::nullopt};
  auto& selections = selected.selections;
  if (own) {
    selections.resize(1);
    selections[0].workloads = options.workloads;
    selections[0].set.clear();
  } else if (!options.workloads.empty()) {
    keep_only(options.workloads, selections);
  }
  for (auto& selection : selections) {
    if (!options.backends.empty()) selection.backends = options.backends;
    if (!options.workers.empty()) selection.workers = options.workers;
  }
  const std::string budget = options.budget.empty() && !own ? preset.budget : options.budget;
  if (!budget.empty()) selected.budget = read_time("--budget", budget);
  return selected;
}

}  // namespace runoff
