#include "bench.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <map>

#include "cell/host.h"
#include "cell/module.h"
#include "runoff/memory.h"

std::string name_of(const Setup& setup) {
  std::string name = setup.backend + "_" + setup.mode + "_" + std::to_string(setup.workers);
  if (setup.threads > 1) name += "_by_" + std::to_string(setup.threads);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

void PrintTo(const Setup& setup, std::ostream* stream) { *stream << name_of(setup); }

std::vector<Setup> setups(std::span<const unsigned> workers) {
  std::vector<Setup> all = fork_setups(workers);
  for (const char* mode : {"pool", "spawn", "async"})
    for (const unsigned count : workers) all.push_back({"std-thread", mode, count});
  return all;
}

std::vector<Setup> fork_setups(std::span<const unsigned> workers, const std::vector<std::string>& modes) {
  std::vector<Setup> all;
  for (const auto& mode : modes)
    for (const unsigned count : workers) {
      all.push_back({"fork", mode, count});
      if (count >= 3) all.push_back({"fork", mode, count, count > 4 ? 3u : 2u});
    }
  return all;
}

Probe::Probe(runoff::Memory& memory, std::size_t most_tasks, Task task)
    : state_(memory.object<State>()),
      counts_(memory.array<std::atomic<std::uint32_t>>(most_tasks)),
      task_(std::move(task)) {}

void Probe::run(runoff::Range range, runoff::Results) const {
  for (std::size_t i = range.first; i < range.last; ++i) {
    if (state_.open.load() == 0) ++state_.stragglers;
    ++state_.inside;
    ++state_.runs;
    ++counts_[i];
    try {
      task_(i);
    } catch (...) {
      --state_.inside;
      throw;
    }
    --state_.inside;
  }
}

void Probe::execute(const runoff::Started& backend, std::size_t tasks) {
  state_.tasks = tasks;
  state_.open = 1;
  const auto finish = [&] {
    state_.open = 0;
    return state_.inside.load();
  };
  try {
    backend.execute();
  } catch (const runoff::WorkerLost&) {
    finish();  // a worker that was lost inside never came out
    throw;
  } catch (...) {
    EXPECT_EQ(finish(), 0u) << "tasks were running when the exception arrived";
    throw;
  }
  EXPECT_EQ(finish(), 0u) << "tasks were running when the execution had ended";
}

int Probe::times_each(std::size_t tasks) {
  const int first = tasks == 0 ? 0 : static_cast<int>(counts_[0].load());
  bool same = true;
  for (std::size_t i = 0; i < counts_.size(); ++i)
    same = static_cast<int>(counts_[i].exchange(0)) == (i < tasks ? first : 0) && same;
  return same ? first : -1;
}

runoff::Started started(const Setup& setup, const runoff::Workload& workload, runoff::Results results,
                        TestHost& host) {
  // Backends with mistakes in them lie elsewhere.
  const char* const other = std::getenv("RUNOFF_STRESS_BACKENDS");
  const std::string folder = other != nullptr ? other : RUNOFF_MODULES "/backends";
  const auto& plugin = runoff::cell::load_backend(folder + "/" + setup.backend + ".so");
  std::map<std::string, std::string> variant{{"mode", setup.mode}};
  if (setup.threads > 1) variant["threads"] = std::to_string(setup.threads);
  return {plugin.make({setup.workers, runoff::Parameters(plugin.options, variant)}), workload, results, host};
}

runoff::Started started(const Setup& setup, const Probe& probe, TestHost& host) {
  return started(setup, probe, {}, host);
}

bool has_children() {
  siginfo_t info{};
  // Only looks: a child that is reaped here could no longer be asked how it ended.
  return ::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 || errno != ECHILD;
}
