#include "check/check.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "catalog/plugins.h"
#include "check/cells.h"
#include "check/promises.h"
#include "check/text.h"
#include "cli/commands.h"
#include "cli/prepare.h"
#include "cli/terminal.h"
#include "machine/steering.h"
#include "plan/find_module.h"
#include "process/interruption.h"
#include "report/wrap.h"
#include "run/cell_runner.h"
#include "support/errors.h"
#include "support/json.h"
#include "support/list.h"
#include "support/standard_streams.h"
#include "support/text.h"

namespace runoff {
namespace {

/// Takes the samples that the promises are asked by.
class Examiner {
 public:
  Examiner(const Install& install, const Catalog& catalog, std::chrono::nanoseconds timeout)
      : catalog_(catalog), endpoint_(install.endpoint()), launcher_(install.launcher()) {
    plan_.cells.resize(1);
    CellSettings settings{
        .cell = install.cell(), .cpus = placed_machine(Placement::pinned).cpus, .timeout = timeout};
    settings.more = {"--minimum-time", "1ms"};
    usual_.emplace(plan_, catalog, settings, launcher_);
    settings.more = {"--iterations", "1"};
    once_.emplace(plan_, catalog, settings, launcher_);
  }

  const std::filesystem::path& folder() const { return launcher_.folder(); }

  std::optional<Sample> take(const Question& question) {
    plan_.cells.front() = question.cell;
    if (!server_ && module_named(catalog_.workloads, question.cell.workload)->endpoint) {
      server_.emplace(endpoint_);
      usual_->use(*server_);
      once_->use(*server_);
    }
    CellRunner& runner = question.once ? *once_ : *usual_;
    auto taken = runner.take(0, runner.time_limit());
    if (!taken) return std::nullopt;
    taken->sample.workers = question.cell.workers;
    return std::move(taken->sample);
  }

 private:
  const Catalog& catalog_;
  std::filesystem::path endpoint_;
  Plan plan_;  // of one cell: the one that is asked
  Launcher launcher_;
  std::optional<CellRunner> usual_, once_;
  std::optional<EndpointServer> server_;
};

/// What is to be checked. With both, each of these workloads on each of these backends, and no more.
struct Subjects {
  std::vector<std::string> backends;  ///< as they are chosen on the command line
  std::vector<const WorkloadModule*> workloads;
};

/// "tbb" of "tbb:partitioner=simple".
std::string module_of(const std::string& item) { return item.substr(0, item.find_first_of(":;")); }

/// Each of these on each of those: nothing else is asked for, not even a probe.
bool are_pairs(const Catalog& catalog, const std::vector<std::string>& modules) {
  const auto any = [&modules](const auto& those) {
    return std::any_of(modules.begin(), modules.end(),
                       [&those](const std::string& name) { return module_named(those, name) != nullptr; });
  };
  return any(catalog.backends) && any(catalog.workloads) &&
         std::all_of(modules.begin(), modules.end(), [&catalog](const std::string& name) {
           return module_named(catalog.backends, name) != nullptr ||
                  module_named(catalog.workloads, name) != nullptr;
         });
}

/// What these items are checked with: the probes are there before anything points to a module.
Catalog catalog_for(const Install& install, std::span<const std::filesystem::path> plugins,
                    const std::vector<std::string>& items) {
  std::vector<std::string> modules;
  for (const std::string& item : items) modules.push_back(module_of(item));
  if (modules.size() > 1)  // one alone is no pair
    if (Catalog catalog = find_catalog(install, plugins, modules); are_pairs(catalog, modules))
      return catalog;
  Catalog catalog = find_catalog(install, plugins);
  add_probes(catalog, install);
  return catalog;
}

Subjects named_subjects(const Catalog& catalog, const std::vector<std::string>& names) {
  Subjects subjects;
  for (const std::string& name : names) {
    const std::string module = module_of(name);
    const bool is_backend = module_named(catalog.backends, module) != nullptr;
    const bool is_workload = module_named(catalog.workloads, module) != nullptr;
    if (is_backend) {
      find_module(catalog.backends, module, "backend", Absent::is_an_error);
      subjects.backends.push_back(name);
    }
    if (is_workload)
      subjects.workloads.push_back(find_module(catalog.workloads, module, "workload", Absent::is_an_error));
    if (is_backend || is_workload) continue;
    std::vector<std::string> known;
    for (const auto& one : catalog.backends) known.push_back(one.name);
    for (const auto& one : catalog.workloads) known.push_back(one.name);
    std::erase_if(known, [](const std::string& one) { return one.starts_with(probe_prefix); });
    throw UsageError(fmt::format("unknown backend or workload '{}'{}", name, suggestion(name, known)));
  }
  return subjects;
}

Subjects plugin_subjects(const Catalog& catalog, const std::vector<std::filesystem::path>& plugins) {
  Subjects subjects;
  const auto is_plugin = [&plugins](const ModuleFacts& module) {
    return std::any_of(plugins.begin(), plugins.end(), [&module](const std::filesystem::path& file) {
      return module.file == std::filesystem::absolute(file);
    });
  };
  for (const auto& one : catalog.backends)
    if (is_plugin(one)) subjects.backends.push_back(one.name);
  for (const auto& one : catalog.workloads)
    if (is_plugin(one)) subjects.workloads.push_back(&one);
  if (subjects.backends.empty() && subjects.workloads.empty())
    throw UsageError(
        "nothing is named to check; name a plug-in's file, a backend or a workload (runoff check --plugin "
        "build/mine.so), or a folder of plug-ins in RUNOFF_PLUGINS");
  return subjects;
}

std::vector<const WorkloadModule*> all_workloads(const Catalog& catalog) {
  std::vector<const WorkloadModule*> all;
  for (const auto& one : catalog.workloads)
    if (one.available && !one.only_by_name && !one.name.starts_with(probe_prefix)) all.push_back(&one);
  return all;
}

std::vector<ChosenBackend> all_backends(const Catalog& catalog) {
  std::vector<ChosenBackend> all;
  for (const auto& one : catalog.backends) {
    if (!one.available || one.only_by_name || one.name.starts_with(probe_prefix)) continue;
    const auto some = variants_to_check(catalog, one.name);
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

/// One module, or one workload on one backend, and all that is promised of it.
struct Subject {
  std::string name;
  std::vector<Examination> examinations;
};

std::vector<Subject> to_examine(const Subjects& subjects, bool pairs, const Asking& asking) {
  std::vector<Subject> all;
  for (const std::string& name : subjects.backends) {
    const auto variants = variants_to_check(asking.catalog, name);
    for (const WorkloadModule* const workload : subjects.workloads)
      if (pairs)
        all.push_back({fmt::format("{} on {}", workload->name, name),
                       {answers(std::span(&workload, 1), variants, asking)}});
    if (pairs) continue;
    Subject& subject = all.emplace_back(Subject{fmt::format("backend {}", name), {}});
    subject.examinations = backend_promises(*variants.front().module, variants, asking);
    subject.examinations.push_back(answers(all_workloads(asking.catalog), variants, asking));
  }
  if (pairs) return all;
  for (const WorkloadModule* const workload : subjects.workloads)
    all.push_back({fmt::format("workload {}", workload->name),
                   {oracle(*workload, asking), unchanged(*workload, asking),
                    answers(std::span(&workload, 1), all_backends(asking.catalog), asking)}});
  return all;
}

/// Only the promises of these names; "-NAME" takes one out of all. Throws UsageError where one is called
/// otherwise.
void choose_promises(std::vector<Subject>& subjects, const std::vector<std::string>& only) {
  std::vector<std::string> known;
  for (const Subject& subject : subjects)
    for (const Examination& one : subject.examinations) known.push_back(one.promise.name);
  bool takes_out = false;
  for (const std::string& item : only) {
    takes_out = item.starts_with('-');
    const std::string name = item.substr(takes_out ? 1 : 0);
    if (std::find(known.begin(), known.end(), name) == known.end())
      throw UsageError(
          fmt::format("--only {}: nothing of this name is promised here{}", item, suggestion(name, known)));
  }
  const auto in = [&only](const std::string& name) {
    return std::find(only.begin(), only.end(), name) != only.end();
  };
  for (Subject& subject : subjects)
    std::erase_if(subject.examinations, [&](const Examination& one) {
      return takes_out ? in("-" + one.promise.name) : !only.empty() && !in(one.promise.name);
    });
}

/// Lines that a terminal would break within words.
std::string broken_between_words(const std::string& text) {
  constexpr std::size_t usual_width = 110;
  const std::size_t width = terminal_width(stdout).value_or(usual_width);
  std::string all;
  for (const std::string& line : split(text, "\n"))
    if (!line.empty()) all += wrapped(line, "             ", width) + "\n";
  return all;
}

/// Tells a person which promise is under test: at a terminal in a line that is gone afterwards, elsewhere in
/// a line of its own when it takes long.
class PromiseLine {
 public:
  explicit PromiseLine(const Examination& examination) : examination_(examination) {}
  ~PromiseLine() { tell(""); }
  PromiseLine(const PromiseLine&) = delete;
  PromiseLine& operator=(const PromiseLine&) = delete;

  void next() {
    ++asked_;
    const std::string& name = examination_.promise.name;
    const std::size_t all = examination_.questions.size();
    tell(fmt::format("  {}: {} of {} samples", name, asked_, all));
    if (told_ || is_terminal(stderr) || Clock::now() - began_ < patience) return;
    told_ = true;
    say(fmt::format("runoff: waiting for samples of the promise '{}', {} of {} so far\n", name, asked_ - 1,
                    all));
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::seconds patience{20};

  static void tell(const std::string& text) {
    if (is_terminal(stderr)) fmt::print(stderr, "\r\x1b[K{}", text);
  }

  const Examination& examination_;
  std::size_t asked_ = 0;
  Clock::time_point began_ = Clock::now();
  bool told_ = false;
};

}  // namespace

int check(const CheckCommand& command) {
  const std::chrono::nanoseconds timeout = read_time("--timeout", command.timeout);
  take_out(find_steering(environ).of_one_runtime);
  const Install install = find_install();
  const auto plugins = all_plugins(command.plugins);
  const Catalog catalog = catalog_for(install, plugins, command.names);
  require_plugins(catalog, command.names.empty() ? plugins : command.plugins);
  const Subjects subjects =
      command.names.empty() ? plugin_subjects(catalog, plugins) : named_subjects(catalog, command.names);
  Interruption::install();
  Examiner examiner(install, catalog, timeout);
  const bool pairs = !command.names.empty() && !subjects.backends.empty() && !subjects.workloads.empty();
  auto examined = to_examine(subjects, pairs, {catalog, command.set, command.many, examiner.folder()});
  choose_promises(examined, command.only);

  Json all = Json::array();
  std::size_t broken = 0, promises = 0;
  for (const Subject& subject : examined) {
    if (!command.json) fmt::print("{}\n", bold(subject.name, stdout));
    Json held_ones = Json::array();
    std::vector<std::string> left_out;
    std::size_t samples = 0, timeouts = 0;
    for (const Examination& examination : subject.examinations) {
      if (samples > 0 && timeouts == samples) {
        left_out.push_back(examination.promise.name);
        continue;
      }
      const auto held = [&] {
        PromiseLine progress(examination);
        return put_to_test(examination, [&](const Question& question) {
          progress.next();
          return examiner.take(question);
        });
      }();
      if (!held) return exit_interrupted;
      ++promises;
      samples += held->samples;
      timeouts += held->timeouts;
      broken += held->kept == Kept::no;
      if (command.json)
        held_ones.push_back(to_json(*held));
      else
        fmt::print("{}", broken_between_words(to_text(*held)));
      std::fflush(stdout);
    }
    if (!left_out.empty() && !command.json)
      fmt::print("  left out {}: no sample has ended\n", listed(left_out));
    all.push_back(
        {{"name", subject.name}, {"promises", std::move(held_ones)}, {"left_out", std::move(left_out)}});
  }
  if (command.json)
    fmt::print("{}\n", to_text(all, 2));
  else if (broken == 0)
    fmt::print("no promise is broken, of {}\n", promises);
  else
    fmt::print("{} of {} promises {} broken\n", broken, promises, broken == 1 ? "is" : "are");
  return broken == 0 ? exit_well : exit_some_failed;
}

}  // namespace runoff
