#include "doctor/load.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "support/list.h"

namespace runoff {
namespace {

/// Shares of the processors that others use. The lower one is what an idle system uses itself, and what the
/// kernel's steps of 10 ms make of it.
constexpr double noticed = 0.03, spoils = 0.25;

Level level_of(double cores, std::size_t cpus) {
  const double share = cores / static_cast<double>(std::max<std::size_t>(cpus, 1));
  return share > spoils ? Level::bad : share > noticed ? Level::warn : Level::ok;
}

}  // namespace

Load watch_load(std::span<const int> cpus, std::chrono::milliseconds time) {
  const auto processes = read_process_times();
  const auto before = read_processor_time(cpus);
  const auto begin = std::chrono::steady_clock::now();
  std::this_thread::sleep_for(time);
  const auto after = read_processor_time(cpus);
  const double passed =
      std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count();
  Load load;
  if (before && after) {
    load.known = true;
    load.busy_cores = static_cast<double>(after->busy_ns - before->busy_ns) / passed;
    load.stolen_cores = static_cast<double>(after->steal_ns - before->steal_ns) / passed;
  }
  load.busiest = busiest(processes, read_process_times(), ::getpid());
  return load;
}

Finding check_load(const Load& load, std::size_t cpus) {
  Finding finding{.name = "load"};
  if (!load.known) {
    finding.seen = "not known";
    finding.means = "whether other programs disturb a sample cannot be told";
    return finding;
  }
  finding.level = level_of(load.busy_cores, cpus);
  finding.seen = fmt::format("others use {:.2f} of {} cores now", load.busy_cores, cpus);
  if (finding.level == Level::ok) {
    finding.means = "cells have the cores to themselves";
    return finding;
  }
  std::vector<std::string> names;
  for (const ProcessTime& one : load.busiest) names.push_back(fmt::format("{} ({})", one.name, one.process));
  if (!names.empty()) finding.seen += ", most of all " + listed(names, 3);
  finding.means =
      finding.level == Level::bad
          ? "workers wait for their cores: intervals get wide, and what needs all workers at once "
            "looks slow"
          : "some samples are disturbed; runoff marks them and says so";
  finding.mend = "ps -eo pcpu,pid,args --sort=-pcpu | head";
  return finding;
}

Finding check_steal(const Load& load, std::size_t cpus) {
  Finding finding{.name = "steal"};
  if (!load.known) {
    finding.seen = "not known";
    finding.means = "whether the host takes time away cannot be told";
    return finding;
  }
  finding.level = level_of(load.stolen_cores, cpus);
  finding.seen = fmt::format("the host takes {:.2f} of {} cores now", load.stolen_cores, cpus);
  finding.means =
      finding.level == Level::ok
          ? "no time is taken away that this machine knows of"
          : "the host runs other machines on these cores: measure at another time, or on a machine of "
            "its own";
  return finding;
}

}  // namespace runoff
