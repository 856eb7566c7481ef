#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <sstream>

#include "advise/advice.h"
#include "advise/by_latency.h"
#include "catalog/programs.h"
#include "cli/advised_work.h"
#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/explainer.h"
#include "cli/report_options.h"
#include "cli/session.h"
#include "report/explain_text.h"
#include "report/html.h"
#include "report/sentence.h"
#include "report/units.h"
#include "report/wrap.h"
#include "support/errors.h"
#include "support/files.h"
#include "support/shell.h"
#include "support/standard_streams.h"

namespace runoff {
namespace {

/// Verdicts on latencies, for the cells that the run has.
Standing standing_by_latency(std::span<const Cell> cells, const Rules& rules) {
  const std::vector<Cell> others = by_latency({cells.begin(), cells.end()});
  Standing found = standing(others, rules);
  for (OpenQuestion& question : found.open)
    for (const Cell*& cell : question.cells) cell = &cells[static_cast<std::size_t>(cell - others.data())];
  return found;
}

/// Null where there is none.
const Contest* contest_of(const std::vector<Contest>& contests, const ChosenWorkload& work) {
  const auto found = std::find_if(contests.begin(), contests.end(), [&work](const Contest& one) {
    return one.problem->workload == work.module->name && one.problem->parameters == work.parameters;
  });
  return found == contests.end() ? nullptr : &*found;
}

/// All that is said, as text or as JSON.
struct Answers {
  const AdvisedWork& work;
  const Advice& advice;
  const Names& names;
  double precision;
  const std::vector<Explanation>& explanations;
  const Program* program;  ///< null where the backend has none
  std::filesystem::path folder;
  std::string more;  ///< the command that measures longer

  std::string choice() const {
    return names.backend(advice.choice->cell->backend, advice.choice->cell->variant);
  }
  std::string show_command() const {
    return fmt::format("runoff show {} {}", advice.choice->cell->backend, shape_of(work.described.depends));
  }
  std::string verdict() const {
    const std::string sentence = verdict_sentence(*advice.contest, names, precision);
    return work.described.rate ? "By the latency that 99 of 100 tasks do not exceed: " + sentence : sentence;
  }

  void print(const Page& page) const;
  Json json() const;
};

std::string paragraph(const std::string& head, const std::string& text, const Page& page) {
  return page.paint(Style::bold, head) + wrapped(" " + text, "  ", page.width(), head.size()) + "\n\n";
}

void Answers::print(const Page& page) const {
  std::cout << paragraph("Described:", to_text(work.described) + ".", page);
  if (work.stretched > stretched_much)
    std::cout
        << page.paint(
               Style::caution,
               wrapped(
                   fmt::format(
                       "! What its tasks read and hand on takes them longer than that on this core: they are "
                       "{} × as long.",
                       ratio_text(work.stretched)),
                   "  ", page.width()))
        << "\n\n";
  if (advice.choice == nullptr) {
    std::cout << paragraph("No advice:", verdict(), page);
  } else {
    std::cout << paragraph(fmt::format("Take {}.", choice()), verdict(), page);
    std::cout << explain_text(explanations, page) << '\n';
    std::cout << paragraph("How far that holds:", sensitivity_sentence(advice, names), page);
    if (const std::string table = neighbours_text(advice, names, page); !table.empty())
      std::cout << table << '\n';
    if (program != nullptr)
      std::cout << page.paint(Style::bold, "How it is written")
                << page.paint(Style::dim, " (" + show_command() + ")") << "\n\n"
                << program->text << '\n';
  }
  std::cout << page.paint(Style::dim, "All tables: " + (folder / "report.html").string()) << '\n'
            << page.paint(Style::dim, "To be surer: " + more) << '\n';
}

Json Answers::json() const {
  Json all{
      {"description", to_json(work.described)},
      {"workload", advice.contest->problem->workload},
      {"parameters", advice.contest->problem->parameters},
      {"advice", Json()},
      {"sentence", verdict()},
      {"backends", Json::array()},
      {"if_off_by_two", {{"sentence", sensitivity_sentence(advice, names)}, {"neighbours", Json::array()}}},
      {"explanations", Json::array()},
      {"show", Json()},
      {"folder", folder.string()},
      {"more", more}};
  if (advice.choice != nullptr) {
    all["advice"] = {{"backend", advice.choice->cell->backend},
                     {"variant", advice.choice->cell->variant},
                     {"workers", advice.choice->cell->workers}};
    if (program != nullptr) all["show"] = show_command();
  }
  for (const SummaryRow& row : advice.contest->rows) {
    Json one{{"backend", row.cell->backend},
             {"variant", row.cell->variant},
             {"workers", row.cell->workers},
             {"median_ns", row.figures.median_ns ? Json(*row.figures.median_ns) : Json()},
             {"verdict", row.judgement.word}};
    if (row.judgement.ratio)
      one["to_best"] = {row.judgement.ratio->value, row.judgement.ratio->low, row.judgement.ratio->high};
    all["backends"].push_back(std::move(one));
  }
  for (const AtNeighbour& one : advice.neighbours) {
    Json neighbour{{"word", one.neighbour->word},
                   {"value", one.neighbour->value},
                   {"measured", one.contest != nullptr},
                   {"behind", Json()}};
    if (one.behind) neighbour["behind"] = {one.behind->value, one.behind->low, one.behind->high};
    all["if_off_by_two"]["neighbours"].push_back(std::move(neighbour));
  }
  for (const Explanation& one : explanations) all["explanations"].push_back(to_json(one));
  return all;
}

/// Where the time of the work as described goes, if that can be told; nothing when it was interrupted.
std::optional<std::vector<Explanation>> explain_contest(const Contest& contest, const LoadedRun& run,
                                                        const Names& names, const RunOptions& options) {
  Explainer explainer(run, names, options, {&contest, 1});
  return explainer.explain(contest, nullptr);
}

}  // namespace

int advise(const AdviseCommand& command) {
  const RunOptions& options = command.run;
  AdvisedWork work(command);
  if (!work.prepare()) return exit_interrupted;
  Session session(work.run, options, work.steering, true);
  work.keep(session.folder().path());
  const RunEnd end =
      session.measure(work.described.rate ? Judge(standing_by_latency) : Judge(standing), false);
  session.close();
  const std::filesystem::path folder = session.folder().path();
  const std::string go_on =
      with_budget(options.command_line, options.budget) + " --out " + shell_quoted(folder.string());
  if (end.interrupted) {
    say(fmt::format("runoff: interrupted; what was measured is in {}; to go on: {}\n", folder.string(),
                    go_on));
    return exit_interrupted;
  }
  ReportOptions looks = report_options();
  looks.plots = false;
  std::ostringstream unread;
  const int status = report({folder}, unread, std::cerr, looks);

  const LoadedRun run = load_run(folder);
  const Findings findings(run, Names(run.samples));
  const std::vector<Cell> latencies =
      work.described.rate ? by_latency(findings.contested) : std::vector<Cell>{};
  const std::vector<Contest> of_latencies = contests(latencies, run.rules);
  const std::vector<Contest>& compared = work.described.rate ? of_latencies : findings.contests;
  const Contest* described = contest_of(compared, work.chosen.front());
  if (described == nullptr)
    throw MachineError("no backend has samples of the described work; give more time: --budget 2min");
  std::vector<const Contest*> beside;
  for (std::size_t i = 1; i < work.chosen.size(); ++i) beside.push_back(contest_of(compared, work.chosen[i]));
  const Advice advice = advise(*described, work.neighbours, beside);

  // A name without parameters: all but this one are neighbours.
  std::vector<Sample> of_described;
  for (const SummaryRow& row : described->rows)
    of_described.insert(of_described.end(), row.cell->samples.begin(), row.cell->samples.end());
  const Names names(of_described);
  const Contest* timed = contest_of(findings.contests, work.chosen.front());
  const auto explanations = explain_contest(*timed, run, names, options);
  if (!explanations) return exit_interrupted;
  keep_explanations(folder, *explanations);
  write_file(folder / "report.html",
             html_page(run, findings, Names(run.samples), looks.page, looks.programs));

  const std::vector<Program> programs = find_programs(work.run.install.programs());
  const auto program = std::find_if(programs.begin(), programs.end(), [&](const Program& one) {
    return advice.choice != nullptr && one.backend == advice.choice->cell->backend &&
           one.shape == shape_of(work.described.depends);
  });
  const Answers answers{work,
                        advice,
                        names,
                        findings.precision,
                        *explanations,
                        program == programs.end() ? nullptr : &*program,
                        folder,
                        with_budget(options.command_line, longer_budget(*work.run.budget)) + " --out " +
                            shell_quoted(folder.string())};
  if (command.json)
    std::cout << to_text(answers.json(), 2) << '\n';
  else
    answers.print({Painter(looks.colour), looks.terminal_width});
  return status;
}

}  // namespace runoff
