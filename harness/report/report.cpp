#include "report/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <sstream>

#include "report/answers.h"
#include "report/contest_text.h"
#include "report/crossover_text.h"
#include "report/experiments_text.h"
#include "report/exports.h"
#include "report/files.h"
#include "report/findings.h"
#include "report/flags.h"
#include "report/glance_text.h"
#include "report/host_scaling_text.h"
#include "report/load.h"
#include "report/metg_text.h"
#include "report/origins.h"
#include "report/overall_text.h"
#include "report/plots.h"
#include "report/prices_text.h"
#include "report/scaling_text.h"
#include "report/sentence.h"
#include "report/sweep_text.h"
#include "report/units.h"
#include "report/weak_scaling_text.h"
#include "report/wrap.h"
#include "support/errors.h"
#include "support/files.h"
#include "support/json.h"
#include "support/shell.h"
#include "support/text.h"

namespace runoff {
namespace {

std::string legend(double precision) {
  return fmt::format(
      "Medians over processes of typical executions (midmeans), each at its best number of workers. "
      "Intervals: "
      "95 %; of times by bootstrap, of speed-ups by Hodges and Lehmann from the ratios of rounds. Verdicts "
      "compare with the best, whichever "
      "it "
      "is; of each kind at most 5 of 100 tables have one that is wrong. fastest: surely faster than every "
      "other; tied: surely less than {} behind the best; slower: surely slower than another; inconclusive: "
      "none of these is sure yet.",
      percent_text(precision));
}

/// The answers, then what they rest on.
class Text {
 public:
  Text(const LoadedRun& run, const Findings& findings, const Names& names, const Page& page,
       std::ostream& out)
      : run_(run), findings_(findings), names_(names), page_(page), out_(out) {}

  void answers() { out_ << answers_text(findings_, names_, page_) << left_out_text(run_, page_) << '\n'; }

  void glance() {
    if (const std::string all = glance_text(findings_, names_, page_); !all.empty()) out_ << all << '\n';
    maps();
  }

  void tables() {
    if (const std::string machine = run_.machine.text(); !machine.empty())
      out_ << page_.paint(Style::dim, "Measured on " + machine + ".") << "\n\n";
    out_ << experiments_text(run_.experiments, findings_.cells, page_);
    for (const Contest& contest : findings_.contests) {
      out_ << contest_text(contest, findings_.contested, names_, page_);
      if (findings_.is_stop_of_a_sweep(contest))
        conclude(verdict_sentence(contest, names_, findings_.precision));
      out_ << '\n';
    }
    if (const std::string all = overall_text(findings_.contests, names_, page_); !all.empty())
      out_ << all << '\n';
    for (const auto& curves : by_problem(findings_.scaling))
      out_ << scaling_text(curves, names_, page_) << '\n';
    for (const auto& curves : by_workload(findings_.weak_scaling))
      out_ << weak_scaling_text(curves, names_, page_) << '\n';
    for (const HostCurve& curve : findings_.host_scaling)
      out_ << host_scaling_text(curve, names_, page_) << '\n';
    for (const Sweep& sweep : findings_.sweeps) out_ << sweep_text(sweep, names_, page_) << '\n';
    maps();
    for (const auto& curves : by_question(findings_.curves)) out_ << metg_text(curves, names_, page_) << '\n';
    if (!findings_.prices.empty()) out_ << prices_text(findings_.prices, names_, page_) << '\n';
  }

  void warnings() {
    for (const std::string& sentence : run_.unequal_terms) warn(sentence + ".");
    for (const std::string& flag : flags(findings_.compared, names_, run_.machine.cores)) warn(flag);
    if (run_.torn)
      warn("The last row of samples.csv has no line end, so it may be cut short, and was left out.");
  }

  void legends() {
    if (!findings_.contests.empty())
      out_ << page_.paint(Style::dim, wrapped(legend(findings_.precision), "", page_.width())) << "\n\n";
    out_ << origins_text(run_, findings_, names_, page_);
  }

 private:
  void maps() {
    for (const Crossover& map : findings_.crossovers) out_ << crossover_text(map, names_, page_) << '\n';
  }
  /// Of a contest whose sentence is not among the answers.
  void conclude(const std::string& sentence) {
    out_ << "  " << page_.paint(Style::bold, "→") << wrapped(" " + sentence, "    ", page_.width(), 3)
         << '\n';
  }
  void warn(const std::string& text) {
    out_ << page_.paint(Style::caution, "! " + wrapped(text, "  ", page_.width(), 2)) << '\n';
  }

  const LoadedRun& run_;
  const Findings& findings_;
  const Names& names_;
  const Page& page_;
  std::ostream& out_;
};

/// Does what writes files, and keeps what the first of them that cannot be written says. The answers are
/// worth printing all the same.
class Writing {
 public:
  template <typename Write>
  void attempt(const Write& write) {
    try {
      write();
    } catch (const MachineError& error) {
      if (problem_.empty()) problem_ = error.what();
    }
  }
  bool all_well() const { return problem_.empty(); }
  /// Throws it as MachineError.
  void tell() const {
    if (!problem_.empty()) throw MachineError(problem_);
  }

 private:
  std::string problem_;
};

/// True where no sample went wrong. Throws where not all of it could be written, after what could be printed.
bool report_one(const std::filesystem::path& folder, std::ostream& printed, std::ostream& errors,
                const ReportOptions& options) {
  const LoadedRun run = load_run(folder);
  const Names names(run.samples);
  const Findings findings(run, names);
  Writing writing;
  std::vector<std::filesystem::path> files;
  std::optional<std::filesystem::path> shown;
  writing.attempt([&] { files = write_tables(run, findings, names); });
  writing.attempt([&] { shown = write_page(run, findings, names, options, errors); });
  const bool drawn = options.plots && writing.all_well();
  const auto write_export = [&](const std::filesystem::path& file, auto text_of) {
    if (file == "-")
      printed << text_of(run, findings, names);
    else if (!file.empty())
      writing.attempt([&] { write_file(file, text_of(run, findings, names)); });
  };
  write_export(options.exports.markdown, markdown_report);
  write_export(options.exports.json, json_report);

  std::ostringstream unread;
  std::ostream& out = options.exports.printed() ? unread : printed;
  const Page page{Painter(options.colour), options.terminal_width, options.utf8};
  Text text(run, findings, names, page, out);
  text.answers();
  if (options.glance) {
    text.glance();
    text.warnings();
    out << "Tables and every file: runoff report " << shell_quoted(folder.string()) << " --all\n";
  } else {
    text.tables();
    text.warnings();
    text.legends();
    for (const auto& file : files) out << file.string() << '\n';
  }
  out << std::flush;  // drawing takes seconds
  if (drawn) {
    const Plots plots = draw_plots(folder, options.scripts);
    if (!options.glance)
      for (const auto& file : plots.files) out << file.string() << '\n';
    if (!plots.problem.empty()) errors << printable(plots.problem) << '\n';
  }
  if (shown) out << shown->string() << '\n';
  writing.tell();
  return all_well(run);
}

}  // namespace

int report(const std::vector<std::filesystem::path>& folders, std::ostream& out, std::ostream& errors,
           const ReportOptions& options) {
  const Painter paint(options.colour);
  int status = 0;
  for (const auto& folder : folders) {
    if (folders.size() > 1)
      out << (&folder == &folders.front() ? "" : "\n") << paint(Style::bold, folder.string()) << "\n\n";
    try {
      if (!report_one(folder, out, errors, options)) status = std::max(status, 1);
    } catch (const ReportError& error) {
      errors << printable(error.what()) << '\n';
      status = 3;
    } catch (const MachineError& error) {
      errors << printable(error.what()) << '\n';
      status = 3;
    }
  }
  return status;
}

}  // namespace runoff
