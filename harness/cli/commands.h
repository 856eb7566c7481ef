#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "advise/description.h"
#include "cli/run_options.h"

namespace runoff {

/// Exit statuses, which scripts rely on.
enum Exit { exit_well = 0, exit_some_failed = 1, exit_usage = 2, exit_unusable = 3, exit_interrupted = 130 };

struct ListOptions {
  std::string what;  ///< empty: all
  bool json = false;
  std::vector<std::filesystem::path> plugins;

  bool wants(std::string_view kind) const { return what.empty() || what == kind; }
};

/// The command line of `runoff compare`.
struct CompareCommand {
  std::vector<std::filesystem::path> folders;  ///< before and after
  std::filesystem::path interleave;  ///< another build, or an older plug-in, to measure beside this one
  std::string threshold = "3%";
  bool force = false;
  std::filesystem::path markdown;
  RunOptions run;  ///< with `interleave`: what to measure
};

/// The command line of `runoff report`.
struct ReportCommand {
  std::vector<std::filesystem::path> folders;
  bool printed = false;  ///< only what was printed in samples
  bool all = false;      ///< tables on a terminal, too
  Exports exports;
};

/// The command line of `runoff explain`.
struct ExplainCommand {
  std::filesystem::path folder;
  std::string workload;  ///< empty: all of the run
  unsigned workers = 0;  ///< 0: each backend's best number
  bool json = false;
  std::filesystem::path trace;  ///< for the timelines; empty: none
};

/// The command line of `runoff advise`. Of `run` only some options are asked for.
struct AdviseCommand {
  DescriptionWords words;
  bool json = false;
  RunOptions run;
};

/// The command line of `runoff describe`.
struct DescribeCommand {
  std::filesystem::path folder;
  std::string workload;  ///< empty: all of the run
  bool json = false;
};

/// The command line of `runoff show`.
struct ShowCommand {
  std::string backend;
  std::string shape = "independent";
};

/// The command line of `runoff new`.
struct NewCommand {
  std::string kind;  ///< "backend" or "workload"
  std::string name;
  std::string shape = "independent";
};

/// The command line of `runoff check`.
struct CheckCommand {
  std::vector<std::filesystem::path> plugins;
  std::vector<std::string> names;  ///< of backends and workloads; empty: the plug-ins
  std::vector<std::string> set;
  std::vector<std::string> only;  ///< names of promises; "-NAME": all but this
  unsigned many = 64;
  std::string timeout = "30s";
  bool json = false;
};

/// The command line of `runoff selftest`.
struct SelftestCommand {
  std::size_t groups = 400;          ///< that are simulated, of each kind
  std::size_t measured_groups = 20;  ///< of equal cells, on this machine; 0: nothing is measured
  std::uint64_t seed = 1;
  bool json = false;
};

/// The command line of `runoff claims`. Of `run` only some options are asked for.
struct ClaimsCommand {
  std::vector<std::string> only;  ///< names; empty: all
  bool json = false;
  bool list = false;
  RunOptions run;
};

// The commands, each with its command line as it was read. They return runoff's exit status, and throw
// UsageError and MachineError.
int list(const ListOptions& options);
int run(const RunOptions& options);
int claims(const ClaimsCommand& command);
int doctor(bool json);
int compare_runs(const CompareCommand& command);
int explain(const ExplainCommand& command);
int advise(const AdviseCommand& command);
int describe(const DescribeCommand& command);
int show(const ShowCommand& command);
int make_new(const NewCommand& command);
int check(const CheckCommand& command);
int selftest(const SelftestCommand& command);
int report_on(const ReportCommand& command);
/// The server's words are its own to read, --help as well.
int serve(std::vector<std::string> words);

}  // namespace runoff
