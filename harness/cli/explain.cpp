#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "cli/commands.h"
#include "cli/explainer.h"
#include "cli/parse.h"
#include "cli/report_options.h"
#include "cli/written_files.h"
#include "explain/explanations_csv.h"
#include "explain/trace.h"
#include "machine/steering.h"
#include "report/explain_text.h"
#include "report/files.h"
#include "report/findings.h"
#include "support/errors.h"
#include "support/files.h"
#include "support/json.h"
#include "support/nearest.h"

namespace runoff {
namespace {

/// The cells that are explained: of each problem each backend once, at its best number of workers.
std::vector<Contest> contests_to_explain(const ExplainCommand& command, const LoadedRun& run,
                                         std::vector<Cell>& cells) {
  std::erase_if(cells, [&command](const Cell& cell) {
    return command.workers > 0 && cell.workers != static_cast<std::int64_t>(command.workers) &&
           !cell.is_reference();
  });
  std::vector<std::string> known;
  for (const Cell& cell : cells) known.push_back(cell.problem.workload);
  const auto wanted = [&command](const std::string& name) {
    return command.workload.empty() || name == command.workload;
  };
  if (std::none_of(known.begin(), known.end(), wanted)) {
    known.erase(std::unique(known.begin(), known.end()), known.end());
    throw UsageError(fmt::format("this run has no workload '{}'{}", command.workload,
                                 suggestion(command.workload, known)));
  }
  std::erase_if(cells, [&wanted](const Cell& cell) { return !wanted(cell.problem.workload); });
  return contests(cells, run.rules);
}

}  // namespace

int explain(const ExplainCommand& command) {
  const WrittenFile trace_at{"--trace", command.trace};
  require_own_files({&trace_at, 1}, {&command.folder, 1});
  const bool prints_trace = command.trace == "-";
  if (prints_trace && command.json)
    throw UsageError("--trace - and --json are both printed; name a file for the trace");
  const LoadedRun run = load_run(command.folder);
  read_explanations(command.folder / "explain.csv");  // throws before anything is measured for it
  const Names names(run.samples);
  const Findings findings(run, names);
  std::vector<Cell> cells = findings.compared;
  const std::vector<Contest> chosen = contests_to_explain(command, run, cells);
  take_out(find_steering(environ).of_one_runtime);
  Explainer explainer(run, names, recorded_options(run.setup.command_line), chosen);

  const ReportOptions looks = report_options();
  const Page page{Painter(looks.colour), looks.terminal_width};
  std::vector<Explanation> all;
  Json trace = Json::array();
  for (const Contest& contest : chosen) {
    const auto some = explainer.explain(contest, command.trace.empty() ? nullptr : &trace);
    if (!some) return exit_interrupted;
    all.insert(all.end(), some->begin(), some->end());
    if (!command.json && !prints_trace && !some->empty())
      std::cout << explain_text(*some, page) << '\n' << std::flush;
  }
  keep_explanations(command.folder, all);
  const std::string timelines =
      command.trace.empty() ? std::string() : to_text(trace_file(std::move(trace))) + "\n";
  if (!command.trace.empty() && !prints_trace) write_file(command.trace, timelines);
  const auto shown = write_page(run, findings, names, looks, std::cerr);
  if (prints_trace) {
    std::cout << timelines;
  } else if (command.json) {
    Json list = Json::array();
    for (const Explanation& one : all) list.push_back(to_json(one));
    std::cout << to_text(list, 2) << '\n';
  } else {
    std::cout << explain_legend(page) << '\n' << (command.folder / "explain.csv").string() << '\n';
    if (!command.trace.empty()) std::cout << command.trace.string() << '\n';
    if (shown) std::cout << shown->string() << '\n';
  }
  return explainer.failed() ? exit_some_failed : exit_well;
}

}  // namespace runoff
