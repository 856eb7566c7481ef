#include "doctor/tools.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "catalog/launcher_words.h"
#include "machine/kernel_files.h"
#include "support/list.h"
#include "support/text.h"

namespace runoff {
namespace {

constexpr std::chrono::seconds patience{20};

/// A package of Python's: the name it is imported by, and Debian's package.
struct Package {
  const char* name;
  const char* debian;
};
constexpr std::array plot_packages{Package{"matplotlib", "python3-matplotlib"},
                                   Package{"numpy", "python3-numpy"}, Package{"pandas", "python3-pandas"}};
constexpr Package pictures{"PIL", "python3-pil"};

std::string python_look() {
  std::string names;
  for (const Package& one : plot_packages) names += fmt::format("'{}',", one.name);
  return fmt::format(
      "import sys,importlib.util as u;print(sys.version.split()[0],*[p for p in({}'{}')if u.find_spec(p)])",
      names, pictures.name);
}

}  // namespace

Finding check_cell(const Captured& version, const std::filesystem::path& cell) {
  Finding finding{.name = "cell"};
  if (version.exit_code == 0) {
    finding.seen = cell.filename().string() + " " + one_line(version.output);
    finding.means = "samples can be taken";
    return finding;
  }
  finding.level = Level::bad;
  finding.prevents = true;
  finding.seen = fmt::format("{} does not run ({})", cell.string(), one_line(version.error));
  finding.means = "each sample is a process of it: nothing can be measured";
  finding.mend = "./run.sh --build-only";
  return finding;
}

Finding check_backends(const Catalog& catalog) {
  std::vector<std::string> missing, packages;
  std::size_t all = 0;
  for (const auto& backend : catalog.backends) {
    if (backend.only_by_name) continue;  // no comparison says anything of them unless they are asked for
    ++all;
    if (backend.available) continue;
    missing.push_back(fmt::format("{} ({})", backend.name, backend.reason));
    if (!backend.package.empty()) packages.push_back(backend.package);
  }
  Finding finding{.name = "backends"};
  finding.seen = fmt::format("{} of {}", all - missing.size(), all);
  if (!missing.empty()) finding.seen += "; left out: " + listed(missing, 20);
  finding.level = missing.empty() ? Level::ok : Level::warn;
  finding.means = missing.empty() ? "all runtimes that runoff knows are compared"
                                  : "a comparison says nothing of those that are left out";
  if (!packages.empty())
    finding.mend =
        as_root(fmt::format("apt-get install {}", fmt::join(packages, " "))) + " && ./run.sh --build-only";
  const bool none = missing.size() == all;
  if (none) {
    finding.level = Level::bad;
    finding.prevents = true;
    finding.means = "there is nothing to compare";
    finding.mend = "./run.sh --build-only";
  }
  return finding;
}

Finding check_launchers(const Catalog& catalog) {
  constexpr unsigned workers = 2;
  std::vector<std::string> names, faults, fine;
  std::vector<std::vector<std::string>> commands;
  for (const auto& backend : catalog.backends) {
    if (!backend.available || backend.launcher.empty()) continue;
    std::vector<std::string> command{"env"};
    for (const auto& [name, value] : backend.environment) command.push_back(name + "=" + value);
    for (auto& word : launcher_words(backend.launcher, {.workers = workers, .shared_memory = "/dev/shm"}))
      command.push_back(std::move(word));
    command.emplace_back("true");
    names.push_back(backend.name);
    commands.push_back(std::move(command));
  }
  const auto answers = capture_all(commands, patience);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (answers[i].exit_code == 0)
      fine.push_back(names[i]);
    else
      faults.push_back(fmt::format("{} cannot start its workers ({})", names[i],
                                   one_line(answers[i].error + " " + answers[i].output, 200)));
  }
  Finding finding{.name = "launchers"};
  finding.level = faults.empty() ? Level::ok : Level::warn;
  if (commands.empty()) {
    finding.seen = "no backend here needs one";
    finding.means = "backends start their workers themselves";
  } else if (faults.empty()) {
    finding.seen = fmt::format("{} workers started, for {}", workers, listed(fine));
    finding.means = "backends whose workers are ranks can be measured";
  } else {
    finding.seen = listed(faults);
    finding.means = "cells of such a backend end as crashed";
    finding.mend = "runoff run --launcher BACKEND='COMMAND {workers}'";
  }
  return finding;
}

int try_perf() {
  perf_event_attr what{};
  what.size = sizeof(what);
  what.type = PERF_TYPE_HARDWARE;
  what.config = PERF_COUNT_HW_INSTRUCTIONS;
  what.exclude_kernel = 1;
  what.exclude_hv = 1;
  const long counter = ::syscall(SYS_perf_event_open, &what, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
  if (counter < 0) return errno;
  ::close(static_cast<int>(counter));
  return 0;
}

Finding check_perf(int refusal, const std::filesystem::path& root) {
  const auto paranoid = read_number(root / "proc/sys/kernel/perf_event_paranoid");
  const std::string setting =
      paranoid ? fmt::format(" (perf_event_paranoid is {})", *paranoid) : std::string();
  Finding finding{.name = "perf"};
  if (refusal == 0) {
    finding.seen = "counters can be read" + setting;
    finding.means = "why a runtime is slow can be looked into with perf stat";
  } else if (refusal == EACCES || refusal == EPERM) {
    finding.level = Level::warn;
    finding.seen = "counters may not be read" + setting;
    finding.means = "times are right without them, but perf cannot tell why a runtime is slow";
    finding.mend = as_root("sysctl kernel.perf_event_paranoid=1");
  } else {
    finding.seen = "this machine shows no counters, as most virtual ones";
    finding.means = "times are right without them";
  }
  return finding;
}

std::optional<Python> find_python(std::span<const std::string> programs) {
  std::vector<std::vector<std::string>> commands;
  for (const auto& program : programs) commands.push_back({program, "-c", python_look()});
  std::optional<Python> best;
  const auto answers = capture_all(commands, patience);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    std::vector<std::string> words = split(one_line(answers[i].output), " ");
    if (answers[i].exit_code != 0 || words.front().empty()) continue;
    Python found{programs[i], words.front(), {words.begin() + 1, words.end()}};
    if (!best || found.packages.size() > best->packages.size()) best = std::move(found);
  }
  return best;
}

Finding check_python(const std::optional<Python>& python) {
  Finding finding{.name = "python"};
  std::vector<std::string> missing;
  std::string install;
  const auto look_for = [&](const Package& package) {
    if (python &&
        std::find(python->packages.begin(), python->packages.end(), package.name) != python->packages.end())
      return true;
    missing.emplace_back(package.name);
    install += std::string(" ") + package.debian;
    return false;
  };
  bool plots = true;
  for (const Package& package : plot_packages) plots = look_for(package) && plots;
  look_for(pictures);
  finding.seen = python ? fmt::format("{} {}", python->program, python->version) : "there is no python3";
  if (missing.empty()) {
    finding.seen += " with all packages";
    finding.means = "plots can be drawn";
    return finding;
  }
  if (python) finding.seen += " without " + listed(missing);
  finding.level = Level::warn;
  finding.means = plots ? "plots can be drawn, but programs in Python cannot work on pictures"
                        : "figures and verdicts are as good without, but there are no plots";
  finding.mend = as_root("apt-get install" + std::string(python ? "" : " python3") + install);
  return finding;
}

}  // namespace runoff
