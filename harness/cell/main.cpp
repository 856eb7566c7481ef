#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>

#include "cell/answer.h"
#include "cell/arguments.h"
#include "cell/describe.h"
#include "cell/host.h"
#include "cell/host_facts.h"
#include "cell/mark_stops.h"
#include "cell/measure.h"
#include "cell/module.h"
#include "cell/prices.h"
#include "cell/slots.h"
#include "runoff/memory.h"
#include "support/begin_afresh.h"
#include "support/json.h"
#include "support/standard_streams.h"

namespace {

using namespace runoff;

/// Thousands of workers, each with a few descriptors, and of tasks, each with a connection, are what a sample
/// may ask for; the usual soft limit is 1024.
void allow_many_descriptors() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  constexpr rlim_t plenty = 65'536;
  limit.rlim_cur = std::max(limit.rlim_cur, std::min(limit.rlim_max, plenty));
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

/// The C++ library's own words are lost where several threads die at once: "terminate called recursively".
[[noreturn]] void die_with_the_first_cause() {
  static std::atomic_flag is_said = ATOMIC_FLAG_INIT;
  while (is_said.test_and_set()) ::pause();
  try {
    if (const auto error = std::current_exception()) std::rethrow_exception(error);
    std::fputs("runoff-cell: std::terminate was called\n", stderr);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "runoff-cell: an exception that no code caught: %s\n", error.what());
  } catch (...) {
    std::fputs("runoff-cell: an exception that no code caught\n", stderr);
  }
  std::abort();
}

constexpr int exit_failed = 1, exit_bad_arguments = 2, exit_unusable = 3;

/// Throws what says how much the workload needs and how much there is: std::runtime_error where only a limit
/// of address space leaves no room for it, else InvalidParameter.
[[noreturn]] void refuse_as_too_large(const Workload& workload, const Memory& memory) {
  // A claim that was refused would have ended beyond all that could be claimed.
  const double needed =
      std::max(static_cast<double>(memory.capacity()),
               static_cast<double>(memory.used()) +
                   static_cast<double>(workload.slots()) * static_cast<double>(workload.result().size));
  const double physical =
      static_cast<double>(::sysconf(_SC_PHYS_PAGES)) * static_cast<double>(::sysconf(_SC_PAGESIZE));
  const auto text = [&](double there, const char* of) {
    const auto size = [](double bytes) {
      return Memory::size_text(static_cast<std::size_t>(std::min(bytes, 1e18)));
    };
    return "the workload needs at least " + size(needed) + " of memory and " + size(there) + of +
           " are there";
  };
  if (const std::string limit = Memory::limit_text(); !limit.empty() && needed < physical)
    throw std::runtime_error(text(static_cast<double>(memory.capacity()), " of address space") + limit +
                             "; raise the limit or choose smaller parameters");
  throw InvalidParameter(text(physical, "") + "; choose smaller parameters");
}

void probe(const cell::Arguments& arguments) {
  const cell::AnswerOnly answer;
  const WorkloadPlugin& plugin = cell::load_workload(arguments.workload);
  const Parameters parameters(plugin.parameters, arguments.parameters);
  const auto workload = plugin.make(parameters);
  Memory memory = Memory::create();
  std::size_t inputs = 0;
  try {
    workload->layout(memory);
    inputs = memory.used();
    cell::claim_results(*workload, memory);
  } catch (const std::bad_alloc&) {
    refuse_as_too_large(*workload, memory);
  }
  const nlohmann::ordered_json found{{"tasks", workload->tasks()}, {"memory_bytes", memory.used()},
                                     {"input_bytes", inputs},      {"result_bytes", workload->result().size},
                                     {"bytes", workload->bytes()}, {"parameters", parameters.canonical()}};
  join_prices(workload->prices());  // throws before anything is measured
  answer.say(to_text(found) + '\n');
}

void describe(const cell::Arguments& arguments) {
  const cell::AnswerOnly answer;
  answer.say(to_text(cell::describe(arguments.describe)) + '\n');
}

/// What went well was led by one process, which is for the launcher of its workers to see to.
void keep(const Outcome& outcome, const cell::Arguments& arguments) {
  if (outcome.status == Status::ok && !cell::load_backend(arguments.backend).launcher.empty())
    write_outcome_of_job(outcome, arguments.workers, arguments.result);
  else
    write_outcome(outcome, arguments.result);
}

int run(const cell::Arguments& arguments) {
  switch (arguments.mode) {
    case cell::Mode::describe:
      describe(arguments);
      return 0;
    case cell::Mode::probe:
      probe(arguments);
      return 0;
    case cell::Mode::host:
      // One write: the lines of several hosts come through one pipe.
      cell::AnswerOnly().say(to_text(cell::host_facts()) + '\n');
      return 0;
    case cell::Mode::measure:
      break;
  }
  if (!arguments.result.empty()) cell::mark_stops(arguments.result, arguments.turns);
  const auto outcome = cell::measure(arguments);
  if (!outcome) return 0;
  if (!arguments.result.empty())
    keep(*outcome, arguments);
  else if (outcome->status != Status::ok)
    std::cerr << "runoff-cell: " << to_string(outcome->status) << ": " << outcome->detail << '\n';
  return is_failure(outcome->status) ? exit_failed : 0;
}

}  // namespace

int main(int argc, char** argv) {
  begin_afresh();
  std::set_terminate(die_with_the_first_cause);
  // Google Benchmark takes its own flags, but would also take --help and --version.
  std::vector<char*> own{argv[0]}, google{argv[0]};
  for (int i = 1; i < argc; ++i)
    (std::string_view(argv[i]).starts_with("--benchmark_") ? google : own).push_back(argv[i]);
  int google_count = static_cast<int>(google.size());
  google.push_back(nullptr);
  benchmark::Initialize(&google_count, google.data());
  if (benchmark::ReportUnrecognizedArguments(google_count, google.data())) return exit_bad_arguments;

  int exit_code = 0;
  const auto arguments = cell::parse_arguments(static_cast<int>(own.size()), own.data(), exit_code);
  try {
    if (!arguments) {
      require_output();
      return exit_code;
    }
    allow_many_descriptors();
    const int status = run(*arguments);
    // What was asked for on standard output; an outcome has a file of its own, and counts without it.
    if (arguments->result.empty()) require_output();
    return status;
  } catch (const InvalidParameter& error) {
    std::cerr << "runoff-cell: " << error.what() << '\n';
    return exit_bad_arguments;
  } catch (const std::exception& error) {
    std::cerr << "runoff-cell: " << error.what() << '\n';
    return exit_unusable;
  }
}
