#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "runoff/plugin.h"

// One source, compiled once by GCC and linked once to each OpenMP runtime; each module only names itself.

/// A worksharing loop with one task an iteration.
class OpenMp : public runoff::Backend {
 public:
  explicit OpenMp(const runoff::Settings& settings);
  ~OpenMp() override;

  /// Throws std::runtime_error when the runtime makes another number of threads than it was asked for.
  void start(const runoff::Workload&, runoff::Results, runoff::Host&) override;
  void execute(const runoff::Independent& workload, runoff::Results results) override;
  /// Steps one after the other, with the barrier at the end of each worksharing loop between them; or a task
  /// for each, with a `depend` clause.
  void execute(const runoff::Dependent& workload, runoff::Results results) override;
  /// Tasks and `taskwait`, begun by one thread of the team.
  void execute(const runoff::Recursive& workload, runoff::Results results) override;

 private:
  void execute_steps(const runoff::Dependent& workload, runoff::Results results);
  void execute_tasks(const runoff::Dependent& workload, runoff::Results results);

  int workers_;
  std::string schedule_;
  int chunk_;
  bool depend_;
};

std::vector<runoff::Parameter> openmp_options();
std::vector<runoff::EnvironmentVariable> openmp_environment();

/// "NAME GOMP_5.1, /lib/…/libgomp.so.1.0.0": the newest interface for GCC's code that the loaded library
/// offers, since neither runtime can be asked for its version, and the file that it came from.
std::string openmp_runtime(const std::string& name);
