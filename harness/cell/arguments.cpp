#include "cell/arguments.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <limits>

#include "runoff/unit.h"
#include "support/whole_number.h"

namespace runoff::cell {
namespace {

constexpr unsigned most_workers = 100'000;

std::map<std::string, std::string> pairs(const std::vector<std::string>& texts) {
  std::map<std::string, std::string> values;
  for (const auto& text : texts) {
    const std::size_t equals = text.find('=');
    if (equals == text.npos || equals == 0)
      throw CLI::ValidationError("'" + text + "' is not of the form NAME=VALUE");
    values[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return values;
}

}  // namespace

std::optional<Arguments> parse_arguments(int argc, char** argv, int& exit_code) {
  Arguments arguments;
  arguments.given.assign(argv + 1, argv + argc);
  std::vector<std::string> set, variant;
  std::optional<std::string> minimum_time;

  CLI::App app{
      "Measures one cell: one workload on one backend, in this process. It is a Google Benchmark program:\n"
      "--benchmark_out=FILE and its other flags work. `runoff run` starts one such process for every "
      "sample."};
  app.set_version_flag("--version", RUNOFF_VERSION);
  app.add_option("--describe", arguments.describe, "Print what a module says of itself, as JSON")
      ->type_name("FILE");
  bool probe = false;
  app.add_flag("--probe", probe, "Make the workload, print its tasks and the memory it needs, as JSON");
  bool host = false;
  app.add_flag("--host", host, "Print the name, processor, cores and kernel of this host, as JSON");
  app.add_option("--workload", arguments.workload, "Module that holds the workload")->type_name("FILE");
  app.add_option("--set", set, "A parameter of the workload")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--backend", arguments.backend, "Module that holds the backend")->type_name("FILE");
  app.add_option("--variant", variant, "An option of the backend")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--workers", arguments.workers, "Workers (1)")
      ->transform(CLI::Validator(whole_number(1, most_workers), ""));
  app.add_option("--result", arguments.result, "Write the outcome to this file, as one JSON object")
      ->type_name("FILE");
  app.add_option("--label", arguments.label, "Name of the benchmark")->type_name("NAME");
  app.add_option("--cpus", arguments.cpus, "Cores to place workers on, as 0,1,2")->delimiter(',');
  app.add_flag("--pin", arguments.pin, "Keep each worker on one of --cpus");
  app.add_option("--minimum-time", minimum_time,
                 "Time that all warm executions take together (50ms, and up to 200ms where it took long to "
                 "prepare them)")
      ->type_name("TIME")
      ->take_last();
  app.add_option("--iterations", arguments.iterations, "Warm executions, instead of a minimum time")
      ->transform(CLI::Validator(whole_number(1, std::numeric_limits<std::int64_t>::max()), ""));
  app.add_flag("--huge-pages", arguments.huge_pages, "Large inputs and results lie in huge pages");
  app.add_option(
         "--memory-file", arguments.memory_files,
         "Inputs and results lie in this file in memory, which other cells had before; of several, in "
         "the first that no other process has")
      ->type_name("FILE")
      ->allow_extra_args(false);
  app.add_option("--turns", arguments.turns,
                 "Take turns with other cells, as runoff-launcher with this process number says")
      ->type_name("PID");
  app.add_option("--stamps", arguments.stamps,
                 "Then stamp when each chunk of some more executions begins and ends, in this new file")
      ->type_name("FILE");
  app.add_flag("--stamp-pieces", arguments.stamp_pieces,
               "With --stamps: a chunk of many tasks in pieces, so that it shows how long which tasks take");
  // How a backend starts followers of this process; see Host::follower_command.
  app.add_option("--memory", arguments.memory)->group("");
  app.add_option("--follow", arguments.follow)->group("")->allow_extra_args(false);

  try {
    app.parse(argc, argv);
    arguments.parameters = pairs(set);
    arguments.variant = pairs(variant);
    if (minimum_time) {
      const auto time = parse_duration(*minimum_time);
      if (!time)
        throw CLI::ValidationError("--minimum-time takes a time such as 50ms, not '" + *minimum_time + "'");
      arguments.minimum_time = std::chrono::nanoseconds(*time);
    }
    if (!arguments.describe.empty()) {
      arguments.mode = Mode::describe;
    } else if (host) {
      arguments.mode = Mode::host;
    } else if (arguments.workload.empty()) {
      throw CLI::RequiredError("--workload");
    } else if (probe) {
      arguments.mode = Mode::probe;
    } else if (arguments.backend.empty()) {
      throw CLI::RequiredError("--backend");
    }
    if (arguments.pin && arguments.cpus.empty()) throw CLI::ValidationError("--pin needs --cpus");
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {
      exit_code = app.exit(error);
    } else {
      std::cerr << "runoff-cell: " << error.what() << " (see runoff-cell --help)\n";
      exit_code = 2;
    }
    return std::nullopt;
  }
  return arguments;
}

}  // namespace runoff::cell
