#include <fmt/format.h>

#include <algorithm>
#include <iostream>

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
#include "report/files.h"
#include "report/sentence.h"
#include "report/units.h"
#include "report/wrap.h"
#include "support/errors.h"
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
const Contest* contest_of(const std::vector<Contest>& contests, const ToMeasure& work) {
  const auto found = std::find_if(contests.begin(), contests.end(), [&work](const Contest& one) {
    return one.problem->workload == work.workload && one.problem->parameters == work.parameters;
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
    const Verdict found = advice.choice->judgement.verdict;
    const bool sure = found == Verdict::fastest || found == Verdict::tied;
    std::cout << paragraph(sure ? fmt::format("Take {}.", choice())
                                : fmt::format("Take {}, though it is not settled.", choice()),
                           verdict(), page);
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

/// Those rows of a contest of which the explanation tells most: the choice, the next one, the first that is
/// surely slower, and the reference.
Contest to_explain(const Contest& contest, const SummaryRow* choice) {
  Contest some{contest.problem, contest.reference, {}};
  std::size_t others = 0;
  bool slower = false;
  for (const SummaryRow& row : contest.rows) {
    const bool is_choice = choice != nullptr && row.cell->backend == choice->cell->backend &&
                           row.cell->variant == choice->cell->variant;
    const bool first_slower =
        !slower && row.judgement.verdict == Verdict::slower && !row.cell->is_reference();
    slower = slower || first_slower;
    if (is_choice || first_slower || row.cell->is_reference() || others++ < 1) some.rows.push_back(row);
  }
  return some;
}

/// A folder with a run, read and judged.
struct Judged {
  explicit Judged(const std::filesystem::path& folder)
      : run(load_run(folder)),
        findings(run, Names(run.samples)),
        latencies(by_latency(findings.contested)),
        of_latencies(contests(latencies, run.rules)) {}

  const std::vector<Contest>& compared(bool by_tail) const {
    return by_tail ? of_latencies : findings.contests;
  }

  LoadedRun run;
  Findings findings;
  std::vector<Cell> latencies;
  std::vector<Contest> of_latencies;
};

/// Goes on until there are as many samples as a verdict takes, also where that takes longer than it should;
/// then verdicts are settled as far as the budget goes. The folder is the one of `options`, or a new one.
RunEnd measure_described(const AdvisedWork& work, RunOptions options, const Judge& judge,
                         std::filesystem::path& folder) {
  std::size_t taken = 0;
  for (bool further = false;; further = true) {
    Session session(work.run, options, work.steering, true, further);
    folder = options.out = session.folder().path();
    work.keep(folder);
    const RunEnd end = session.measure(judge, false);
    require_samples(end);
    session.close();
    if (end.interrupted || end.whole_rounds >= fewest_samples || end.taken == taken) return end;
    taken = end.taken;
  }
}

/// The least that a few samples of a neighbour take.
constexpr std::chrono::seconds least_for_neighbours{1};

/// Nothing when it was interrupted, or where there was no time.
std::optional<std::filesystem::path> measure_neighbours(AdvisedWork& work, const Contest& described,
                                                        const Judge& judge, std::chrono::nanoseconds budget,
                                                        const std::filesystem::path& folder,
                                                        bool& interrupted) {
  std::error_code error;
  const bool goes_on = std::filesystem::exists(folder / "neighbours" / "samples.csv", error);
  if (work.neighbours.empty() || (budget < least_for_neighbours && !goes_on)) return std::nullopt;
  const Prepared prepared =
      work.prepare_neighbours(described, std::max<std::chrono::nanoseconds>(budget, least_for_neighbours));
  work.keep(folder);
  RunOptions options = work.options;
  options.out = folder / "neighbours";
  if (!options.quiet) say("measuring work that is half or twice as described ...\n");
  Session session(prepared, options, work.steering, true, true);
  const RunEnd end = session.measure(judge, false);
  session.close();
  interrupted = end.interrupted;
  if (end.taken == 0) return std::nullopt;
  return options.out;
}

}  // namespace

int advise(const AdviseCommand& command) {
  const RunOptions& options = command.run;
  AdvisedWork work(command);
  if (!work.prepare()) return exit_interrupted;
  const auto begin = std::chrono::steady_clock::now();
  const std::chrono::nanoseconds budget = read_time("--budget", options.budget);
  const bool by_tail = work.described.rate.has_value();
  const Judge judge = by_tail ? Judge(standing_by_latency) : Judge(standing);
  std::filesystem::path folder;
  bool interrupted = measure_described(work, options, judge, folder).interrupted;
  const auto go_on = [&](const std::string& time) {
    return with_budget(options.command_line, time) + " --out " + shell_quoted(folder.string());
  };
  const auto tell_interruption = [&] {
    say(fmt::format("runoff: interrupted; what was measured is in {}; to go on: {}\n", folder.string(),
                    go_on(options.budget)));
    return exit_interrupted;
  };
  if (interrupted) return tell_interruption();
  const Judged judged(folder);
  const Names names(judged.run.samples);
  write_tables(judged.run, judged.findings, names);
  const Contest* described = contest_of(judged.compared(by_tail), work.measured.front());
  if (described == nullptr)
    throw MachineError("no backend has samples of the described work; give more time: --budget 2min");
  const auto neighbours = measure_neighbours(
      work, *described, judge, budget - (std::chrono::steady_clock::now() - begin), folder, interrupted);
  if (interrupted) return tell_interruption();
  std::optional<Judged> beside;
  if (neighbours) beside.emplace(*neighbours);
  std::vector<const Contest*> of_neighbours(work.neighbours.size(), nullptr);
  for (std::size_t i = 0; beside && i < of_neighbours.size(); ++i)
    of_neighbours[i] = contest_of(beside->compared(by_tail), work.measured[i + 1]);
  const Advice advice = advise(*described, work.neighbours, of_neighbours);

  const Contest explained =
      to_explain(*contest_of(judged.findings.contests, work.measured.front()), advice.choice);
  Explainer explainer(judged.run, names, options, {&explained, 1});
  const auto explanations = explainer.explain(explained, nullptr);
  if (!explanations) return tell_interruption();
  keep_explanations(folder, *explanations);
  const ReportOptions looks = report_options();
  write_page(judged.run, judged.findings, names, looks, std::cerr);

  const std::vector<Program> programs = find_programs(work.run.install.programs());
  const auto program = std::find_if(programs.begin(), programs.end(), [&](const Program& one) {
    return advice.choice != nullptr && one.backend == advice.choice->cell->backend &&
           one.shape == shape_of(work.described.depends);
  });
  const Answers answers{.work = work,
                        .advice = advice,
                        .names = names,
                        .precision = judged.findings.precision,
                        .explanations = *explanations,
                        .program = program == programs.end() ? nullptr : &*program,
                        .folder = folder,
                        .more = go_on(longer_budget(budget))};
  if (command.json)
    std::cout << to_text(answers.json(), 2) << '\n';
  else
    answers.print({Painter(looks.colour), looks.terminal_width});
  return all_well(judged.run) ? exit_well : exit_some_failed;
}

}  // namespace runoff
