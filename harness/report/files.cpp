#include "report/files.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "explain/explanations_csv.h"
#include "report/benchmark_json.h"
#include "report/crossovers_csv.h"
#include "report/host_scaling_csv.h"
#include "report/html.h"
#include "report/latencies_csv.h"
#include "report/metg_csv.h"
#include "report/prices_csv.h"
#include "report/resources_csv.h"
#include "report/scaling_csv.h"
#include "report/summary_csv.h"
#include "report/sweeps_csv.h"
#include "report/weak_scaling_csv.h"
#include "support/files.h"
#include "support/json.h"
#include "support/shell.h"

namespace runoff {

std::vector<std::filesystem::path> write_tables(const LoadedRun& run, const Findings& findings,
                                                const Names& names) {
  std::vector<std::filesystem::path> files{run.folder / "samples.csv"};
  if (std::error_code error; std::filesystem::exists(run.folder / "environment.json", error))
    files.push_back(run.folder / "environment.json");
  const auto write = [&](const char* name, const auto& text) {
    files.push_back(run.folder / name);
    write_file(files.back(), text);
  };
  // What an earlier report wrote, and this one has nothing to write into, would be a lie.
  const auto write_if = [&](bool wanted, const char* name, const auto& text) {
    std::error_code ignored;
    if (wanted)
      write(name, text());
    else
      std::filesystem::remove(run.folder / name, ignored);
  };
  write("summary.csv", summary_csv(findings, names));
  write("benchmark.json", [&](const Append& append) { benchmark_json(run, names, append); });
  write("resources.csv", resources_csv(findings, names));
  write_if(!findings.scaling.empty(), "scaling.csv", [&] { return scaling_csv(findings.scaling, names); });
  write_if(!findings.weak_scaling.empty(), "weak_scaling.csv",
           [&] { return weak_scaling_csv(findings.weak_scaling, names); });
  write_if(!findings.host_scaling.empty(), "host_scaling.csv",
           [&] { return host_scaling_csv(findings.host_scaling, names); });
  write_if(!findings.sweeps.empty(), "sweeps.csv", [&] { return sweeps_csv(findings.sweeps, names); });
  write_if(!findings.crossovers.empty(), "crossovers.csv",
           [&] { return crossovers_csv(findings.crossovers, names); });
  write_if(!findings.curves.empty(), "metg.csv", [&] { return metg_csv(findings.curves, names); });
  write_if(!findings.curves.empty(), "efficiency.csv",
           [&] { return efficiency_csv(findings.curves, names); });
  write_if(!findings.prices.empty(), "prices.csv", [&] { return prices_csv(findings.prices, names); });
  write_if(!run.latencies.empty(), "latency_curves.csv",
           [&] { return latency_curves_csv(run.latencies, names); });
  return files;
}

std::optional<std::filesystem::path> write_page(const LoadedRun& run, const Findings& findings,
                                                const Names& names, const ReportOptions& options,
                                                std::ostream& errors) {
  const auto file = run.folder / "report.html";
  std::error_code ignored;
  std::filesystem::remove(file, ignored);  // of the run as it was before
  if (options.page.empty()) return {};
  try {
    write_file(file, html_page(run, findings, names, options.page, options.programs));
    const auto explained = run.folder / "explain.csv";
    if (const std::string damage = damage_of_explanations(explained); !damage.empty())
      errors << fmt::format(
          "{} is damaged: {}; report.html does not say why backends differ until '{}' makes it anew\n",
          explained.string(), damage, "runoff explain " + shell_quoted(run.folder.string()));
    return file;
  } catch (const ReportError& error) {
    errors << error.what() << '\n';
    return {};
  }
}

bool all_well(const LoadedRun& run) {
  return std::none_of(run.samples.begin(), run.samples.end(),
                      [](const Sample& sample) { return is_failure(sample.status); });
}

}  // namespace runoff
