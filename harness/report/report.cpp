#include "report/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <ostream>

#include "report/benchmark_json.h"
#include "report/contest_text.h"
#include "report/flags.h"
#include "report/load.h"
#include "report/metg_csv.h"
#include "report/metg_text.h"
#include "report/plots.h"
#include "report/prices_csv.h"
#include "report/prices_text.h"
#include "report/summary_csv.h"
#include "report/sweep_text.h"

namespace runoff {
namespace {

// Written beside and moved into place: who reads meanwhile sees the old file or the new one, never half of
// one.
void write(const std::filesystem::path& file, const std::string& text) {
  auto beside = file;
  beside += ".part";
  errno = 0;
  std::ofstream stream(beside, std::ios::binary | std::ios::trunc);
  stream << text;
  stream.close();
  std::error_code error(stream ? 0 : errno, std::generic_category());
  if (stream) std::filesystem::rename(beside, file, error);
  if (!error) return;
  std::error_code ignored;
  std::filesystem::remove(beside, ignored);
  throw ReportError(fmt::format("cannot write {}: {}", file.string(), error.message()));
}

std::string machine_text(const MachineFacts& machine) {
  std::string text = machine.processor;
  if (machine.cores)
    text +=
        fmt::format("{}{} core{}", text.empty() ? "" : ", ", *machine.cores, *machine.cores == 1 ? "" : "s");
  return text;
}

constexpr const char* legend =
    "Medians over processes, each at its best number of workers. Intervals: 95 %, bootstrap. Verdicts: the "
    "ratio to the\n"
    "fastest, Holm-corrected within a block. tied: surely less than 3 % slower; slower: surely slower; "
    "inconclusive: take\n"
    "more samples.";

/// A block for each question.
void show_metg(std::span<const GrainCurve> curves, const Names& names, std::ostream& out,
               const Painter& paint) {
  while (!curves.empty()) {
    const auto end = std::find_if_not(curves.begin(), curves.end(), [&curves](const GrainCurve& curve) {
      return same_question(curve, curves.front());
    });
    const auto count = static_cast<std::size_t>(end - curves.begin());
    out << metg_text(curves.first(count), names, paint) << '\n';
    curves = curves.subspan(count);
  }
}

/// Contests and sweeps of what is no price, then the list of prices.
void show(const LoadedRun& run, std::span<const Cell> cells, std::span<const GrainCurve> curves,
          std::span<const PriceRow> prices, const Names& names, std::ostream& out, const Painter& paint) {
  std::vector<Cell> contested;
  std::copy_if(cells.begin(), cells.end(), std::back_inserter(contested),
               [](const Cell& cell) { return !is_priced(cell); });
  out << paint(Style::bold, run.folder.string());
  const std::string machine = machine_text(run.machine);
  if (!machine.empty()) out << paint(Style::dim, "  ·  " + machine);
  out << "\n\n";
  for (const Contest& contest : contests(contested))
    out << contest_text(contest, contested, names, paint) << '\n';
  for (const auto& sweeps : {parameter_sweeps(contested), concurrency_sweeps(contested)})
    for (const Sweep& sweep : sweeps) out << sweep_text(sweep, names, paint) << '\n';
  show_metg(curves, names, out, paint);
  if (!prices.empty()) out << prices_text(prices, names, paint) << '\n';
  for (const std::string& flag : flags(cells, names, run.machine.cores))
    out << paint(Style::caution, "! " + flag) << '\n';
  if (run.torn)
    out << paint(Style::caution, "! The last row of samples.csv is cut short and was left out.") << '\n';
  if (!contested.empty()) out << paint(Style::dim, legend) << "\n\n";
}

bool report_one(const std::filesystem::path& folder, std::ostream& out, std::ostream& errors,
                const ReportOptions& options) {
  const LoadedRun run = load_run(folder);
  const std::vector<Cell> cells = gather_cells(run.samples);
  const Names names(run.samples);
  const std::vector<GrainCurve> curves = grain_curves(cells, run.grains);
  const std::vector<PriceRow> prices = price_list(cells);
  const auto summary = folder / "summary.csv", benchmark = folder / "benchmark.json",
             price_file = folder / "prices.csv";
  write(summary, summary_csv(summarize(cells)));
  write(benchmark,
        benchmark_json(run, names).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
  std::vector<std::filesystem::path> files{folder / "samples.csv", summary, benchmark};
  if (!curves.empty()) {
    files.insert(files.end(), {folder / "metg.csv", folder / "efficiency.csv"});
    write(folder / "metg.csv", metg_csv(curves));
    write(folder / "efficiency.csv", efficiency_csv(curves));
  }
  if (!prices.empty()) {
    write(price_file, prices_csv(prices));
    files.push_back(price_file);
  }
  show(run, cells, curves, prices, names, out, Painter(options.colour));
  for (const auto& file : files) out << file.string() << '\n';
  out << std::flush;
  if (options.plots) {
    const Plots plots = draw_plots(folder, options.scripts);
    for (const auto& file : plots.files) out << file.string() << '\n';
    if (!plots.problem.empty()) errors << plots.problem << '\n';
  }
  return std::none_of(run.samples.begin(), run.samples.end(),
                      [](const Sample& sample) { return is_failure(sample.status); });
}

}  // namespace

int report(const std::vector<std::filesystem::path>& folders, std::ostream& out, std::ostream& errors,
           const ReportOptions& options) {
  int status = 0;
  for (const auto& folder : folders) {
    try {
      if (!report_one(folder, out, errors, options)) status = std::max(status, 1);
    } catch (const ReportError& error) {
      errors << error.what() << '\n';
      status = 3;
    }
  }
  return status;
}

}  // namespace runoff
