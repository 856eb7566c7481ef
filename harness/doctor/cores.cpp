#include "doctor/cores.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "machine/kernel_files.h"
#include "support/text.h"

namespace runoff {
namespace {

namespace fs = std::filesystem;

const fs::path all_processors = "sys/devices/system/cpu";

std::vector<int> sorted(std::span<const int> cpus) {
  std::vector<int> list(cpus.begin(), cpus.end());
  std::sort(list.begin(), list.end());
  return list;
}

bool contains(std::span<const int> cpus, int cpu) {
  return std::find(cpus.begin(), cpus.end(), cpu) != cpus.end();
}

}  // namespace

Finding check_cores(std::span<const int> cpus, const fs::path& root) {
  const auto online = parse_cpu_list(first_line(root / all_processors / "online"));
  Finding finding{.name = "cores"};
  finding.seen = fmt::format("{} of {} processors ({})", cpus.size(), std::max(online.size(), cpus.size()),
                             to_cpu_list(sorted(cpus)));
  if (cpus.empty()) {
    finding.level = Level::bad;
    finding.prevents = true;
    finding.means = "no processor may be used: nothing can run";
  } else if (cpus.size() == 1) {
    finding.level = Level::warn;
    finding.means =
        "with one processor no runtime can be faster than serial: only what they cost can be seen";
    if (online.size() > 1) finding.mend = fmt::format("taskset -c {} runoff run", to_cpu_list(online));
  } else if (cpus.size() < online.size()) {
    finding.means = "other programs have the rest to themselves, but share its caches and memory";
  } else {
    finding.means = "whatever else runs on this machine runs on the cores that are measured";
  }
  return finding;
}

Finding check_smt(std::span<const int> cpus, const fs::path& root) {
  std::map<std::string, std::vector<int>> cores;  // by the list of their processors
  bool known = !cpus.empty();
  for (const int cpu : cpus) {
    const auto siblings =
        first_line(root / all_processors / fmt::format("cpu{}", cpu) / "topology/thread_siblings_list");
    known = known && !siblings.empty();
    cores[siblings].push_back(cpu);
  }
  Finding finding{.name = "smt"};
  if (!known) {
    finding.seen = "not known";
    finding.means = "whether two workers share a core cannot be told";
    return finding;
  }
  std::vector<int> one_of_each;
  std::size_t foreign = 0;  // siblings that others may use
  for (const auto& [siblings, own] : cores) {
    one_of_each.push_back(*std::min_element(own.begin(), own.end()));
    foreign += parse_cpu_list(siblings).size() - own.size();
  }
  finding.seen = fmt::format("{} processors on {} cores", cpus.size(), cores.size());
  if (cores.size() < cpus.size()) {
    finding.level = Level::warn;
    finding.means = fmt::format(
        "beyond {} workers two share a core, and a speed-up of {} is out of reach for CPU-bound work",
        cores.size(), cpus.size());
    finding.mend = fmt::format("taskset -c {} runoff run", to_cpu_list(sorted(one_of_each)));
  } else if (foreign > 0) {
    finding.level = Level::warn;
    finding.means =
        "the siblings of these processors are others' to use: a program there slows a worker here";
    finding.mend = to_write("off", "/" / all_processors / "smt/control");
  } else {
    finding.means = "each worker can have a core of its own";
  }
  return finding;
}

Finding check_isolation(std::span<const int> cpus, const fs::path& root) {
  const auto isolated = parse_cpu_list(first_line(root / all_processors / "isolated"));
  Finding finding{.name = "isolation"};
  const bool some_used =
      std::any_of(isolated.begin(), isolated.end(), [cpus](int cpu) { return contains(cpus, cpu); });
  if (isolated.empty()) {
    finding.seen = "no core is isolated";
    finding.means = "the system runs its own work on these cores too, now and then: medians bear it";
  } else if (some_used) {
    finding.seen = fmt::format("isolated cores are in use ({})", to_cpu_list(isolated));
    finding.level = Level::warn;
    finding.means =
        "the kernel does not spread threads over isolated cores: workers that are not placed all stay on "
        "one, so "
        "only placed ones can be measured, and no more than there are cores";
    finding.mend = "runoff run --placement pinned --workers 1,cores";
  } else {
    finding.seen = fmt::format("cores {} are isolated and not in use", to_cpu_list(isolated));
    finding.means = "there are quieter cores than those that are measured";
    finding.mend = fmt::format("taskset -c {} runoff run --workers 1,cores", to_cpu_list(isolated));
  }
  return finding;
}

Finding check_quota(const CgroupLimits& limits, std::optional<std::int64_t> throttled_ns, std::size_t cpus) {
  Finding finding{.name = "quota"};
  if (!limits.cores || *limits.cores >= static_cast<double>(cpus)) {
    finding.seen = limits.cores ? fmt::format("{:.3g} cores, as many as there are", *limits.cores) : "none";
    finding.means = "no worker is stopped for having used too much";
    return finding;
  }
  finding.seen = fmt::format("{:.3g} cores of {}", *limits.cores, cpus);
  if (throttled_ns && *throttled_ns > 0)
    finding.seen += fmt::format("; it has stopped programs for {} so far",
                                format_time(std::chrono::nanoseconds(*throttled_ns)));
  finding.level = *limits.cores < 1 ? Level::bad : Level::warn;
  finding.means =
      *limits.cores < 1
          ? "even a single worker is stopped for a part of every period: times say what the quota "
            "is, not what a runtime takes"
          : "more workers than that are all stopped for a part of every period, the one that holds "
            "what others wait for included";
  const bool first_version = limits.cores_file.filename() == "cpu.cfs_quota_us";
  finding.mend = to_write(first_version ? "-1" : "max", limits.cores_file);
  return finding;
}

}  // namespace runoff
