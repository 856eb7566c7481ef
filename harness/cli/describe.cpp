#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "advise/reading.h"
#include "cli/commands.h"
#include "cli/explainer.h"
#include "cli/parse.h"
#include "cli/report_options.h"
#include "machine/steering.h"
#include "plan/find_module.h"
#include "plan/probe.h"
#include "report/findings.h"
#include "report/page.h"
#include "report/wrap.h"
#include "support/errors.h"
#include "support/json.h"
#include "support/nearest.h"
#include "support/shell.h"
#include "support/standard_streams.h"

namespace runoff {
namespace {

/// The contests whose workload is to be described.
std::vector<Contest> contests_to_describe(const DescribeCommand& command, const LoadedRun& run,
                                          const std::vector<Cell>& cells) {
  std::vector<Contest> chosen = contests(cells, run.rules);
  std::vector<std::string> known;
  for (const Contest& one : chosen)
    if (known.empty() || known.back() != one.problem->workload) known.push_back(one.problem->workload);
  if (!command.workload.empty() && std::find(known.begin(), known.end(), command.workload) == known.end())
    throw UsageError(fmt::format("this run has no workload '{}'{}", command.workload,
                                 suggestion(command.workload, known)));
  std::erase_if(chosen, [&command](const Contest& one) {
    return !command.workload.empty() && one.problem->workload != command.workload;
  });
  return chosen;
}

/// What one problem of a run is like.
struct Described {
  std::string problem;
  Reading reading;
  std::string command;  ///< empty where too little is known for one
};

/// The numbers of workers that the run has for it, but for the reference's.
std::vector<std::string> workers_of(const Problem& problem, const std::vector<Cell>& cells) {
  std::vector<std::string> workers;
  for (const Cell& cell : cells) {
    if (!(cell.problem == problem) || cell.is_reference()) continue;
    const std::string number = std::to_string(cell.workers);
    if (std::find(workers.begin(), workers.end(), number) == workers.end()) workers.push_back(number);
  }
  return workers;
}

std::string advise_command(const Description& description, const std::vector<std::string>& workers) {
  std::string command = "runoff advise";
  for (const std::string& word : options_of(description)) command += " " + shell_quoted(word);
  for (std::size_t i = 0; i < workers.size(); ++i) command += (i == 0 ? " --workers " : ",") + workers[i];
  return command;
}

Probed probe_problem(const Problem& problem, const Prepared& prepared) {
  const WorkloadModule* module =
      find_module(prepared.catalog.workloads, problem.workload, "workload", Absent::is_an_error);
  const ChosenWorkload work{module, problem.parameters, {}};
  return probe_workloads({&work, 1}, prepared.install.cell()).front();
}

void print_described(const Described& one, const Page& page) {
  std::cout << page.paint(Style::bold, one.problem + ":")
            << wrapped(" " + to_text(one.reading.description) + ".", "  ", page.width(),
                       one.problem.size() + 1)
            << '\n';
  for (const std::string& doubt : one.reading.doubts)
    std::cout << page.paint(Style::caution, "  ! " + wrapped(doubt, "    ", page.width(), 4)) << '\n';
  if (!one.command.empty()) std::cout << "  " << one.command << '\n';
  std::cout << '\n' << std::flush;
}

}  // namespace

int describe(const DescribeCommand& command) {
  const LoadedRun run = load_run(command.folder);
  const Names names(run.samples);
  const Findings findings(run, names);
  const std::vector<Contest> chosen = contests_to_describe(command, run, findings.compared);
  take_out(find_steering(environ).of_one_runtime);
  Explainer explainer(run, names, recorded_options(run.setup.command_line), chosen);

  const ReportOptions looks = report_options();
  Json list = Json::array();
  bool failed = false;
  for (const Contest& contest : chosen) {
    const Problem& problem = *contest.problem;
    const std::string name = names.problem(problem.workload, problem.parameters);
    const auto measured = explainer.measure_serial(problem);
    if (!measured) return exit_interrupted;
    if (measured->sample.status != Status::ok) {
      warn(fmt::format("{} cannot be described: one worker's sample is {}{}{}", name,
                       to_string(measured->sample.status), measured->sample.detail.empty() ? "" : ": ",
                       measured->sample.detail));
      failed = true;
      continue;
    }
    const Probed probed = probe_problem(problem, explainer.prepared());
    const Reading reading = read_off({.shape = problem.shape,
                                      .sample = measured->sample,
                                      .stamped = measured->stamped,
                                      .result_bytes = probed.result_bytes,
                                      .input_bytes = probed.input_bytes});
    const Described one{name, reading,
                        reading.knows_tasks
                            ? advise_command(reading.description, workers_of(problem, findings.compared))
                            : ""};
    if (!command.json) {
      print_described(one, {Painter(looks.colour), looks.terminal_width});
      continue;
    }
    list.push_back({{"workload", problem.workload},
                    {"parameters", problem.parameters},
                    {"description", to_json(reading.description)},
                    {"doubts", reading.doubts},
                    {"command", one.command.empty() ? Json() : Json(one.command)}});
  }
  if (command.json) std::cout << to_text(list, 2) << '\n';
  return failed ? exit_some_failed : exit_well;
}

}  // namespace runoff
