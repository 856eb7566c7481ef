#include "cli/run_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>

#include "catalog/launcher_words.h"
#include "plan/choice.h"
#include "runoff/unit.h"
#include "support/errors.h"
#include "support/shell.h"

namespace runoff {
namespace {

constexpr const char* standard_preset = "quick";

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

std::chrono::nanoseconds read_time(const char* option, const std::string& text) {
  const auto time = parse_duration(text);
  if (!time || *time <= 0)
    throw UsageError(
        fmt::format("{}: '{}' is no time; it takes one such as 90s, 500ms or 2min", option, text));
  return std::chrono::nanoseconds(*time);
}

std::chrono::nanoseconds RunOptions::time_limit() const { return read_time("--timeout", timeout); }

double read_percent(const char* option, const std::string& text) {
  double percent = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, percent);
  if (error != std::errc{} || std::string_view(stop, end) != "%" || !(percent >= 0.1 && percent <= 50))
    throw UsageError(fmt::format("{}: '{}' is none; it takes 0.1% to 50%, such as 3%", option, text));
  return percent / 100;
}

double RunOptions::tie_precision() const {
  return precision.empty() ? usual_precision : read_percent("--precision", precision);
}

std::map<std::string, std::string> RunOptions::launcher_commands() const {
  std::map<std::string, std::string> commands;
  std::vector<std::string> texts = launchers;
  if (!mpi_launcher.empty()) texts.insert(texts.begin(), "mpi=" + mpi_launcher);
  for (const auto& text : texts) {
    const std::size_t equals = text.find('=');
    if (equals == text.npos || equals == 0 || text.find_first_not_of(" \t", equals + 1) == text.npos)
      throw UsageError(
          fmt::format("--launcher {}: this is not BACKEND=COMMAND; such as mpi='srun -n {{workers}}'", text));
    if (!shell_words(text))
      throw UsageError(fmt::format("--launcher {}: a quote or a backslash has no end", text));
    require_known_places(text);
    commands[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return commands;
}

Selected select(const RunOptions& options, const std::vector<Preset>& presets) {
  const bool own = options.preset.empty() && !options.workloads.empty();
  const std::string chosen = options.preset.empty() ? standard_preset : options.preset;
  const Preset& preset = find_preset(presets, chosen);
  Selected selected{.selections = preset.selections,
                    .workloads_from_preset = options.workloads.empty(),
                    .backends_from_preset = only_take_out(options.backends),
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
    selection.backends = instead_of(std::move(selection.backends), options.backends);
    if (!options.workers.empty()) selection.workers = options.workers;
  }
  const std::string budget = options.budget.empty() && !own ? preset.budget : options.budget;
  if (!budget.empty()) selected.budget = read_time("--budget", budget);
  return selected;
}

}  // namespace runoff
