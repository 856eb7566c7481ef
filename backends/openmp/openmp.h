#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "runoff/backend_plugin.h"

// One source, compiled once by GCC and linked once to each OpenMP runtime; each module only names itself.

/// A worksharing loop with one task an iteration.
class OpenMp : public runoff::Backend {
 public:
  explicit OpenMp(const runoff::Settings& settings);
  ~OpenMp() override;

  runoff::Execution start(const runoff::Independent& loop, runoff::Results results, runoff::Host&) override;
  /// Steps one after the other, with the barrier at the end of each worksharing loop between them; or a task
  /// for each, with a `depend` clause.
  runoff::Execution start(const runoff::Dependent& graph, runoff::Results results, runoff::Host&) override;
  /// Tasks and `taskwait`, begun by one thread of the team.
  runoff::Execution start(const runoff::Recursive& recursion, runoff::Results results,
                          runoff::Host&) override;

 private:
  /// Throws std::runtime_error when the runtime makes another number of threads than it was asked for.
  void make_threads();

  int workers_;
  std::string schedule_;
  int chunk_;
  bool depend_;
};

std::vector<runoff::Parameter> openmp_options();
std::vector<runoff::EnvironmentVariable> openmp_environment();
/// Throws std::runtime_error where the process has not the environment that the variant's `wait` needs.
void require_waiting(const runoff::Parameters& variant);

/// "NAME GOMP_5.1, /lib/…/libgomp.so.1.0.0": the newest interface for GCC's code that the loaded library
/// offers, since neither runtime can be asked for its version, and the file that it came from.
std::string openmp_runtime(const std::string& name);
