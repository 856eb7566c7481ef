#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "runoff/compilation.h"
#include "runoff/parameters.h"
#include "runoff/sdk_version.h"
#include "runoff/workload.h"

namespace runoff {

/// What a workload's module says of itself. Fill it in by name: RUNOFF_WORKLOAD(Primes, {.name = "primes",
/// …}).
struct WorkloadPlugin {
  std::uint32_t sdk = sdk_version;
  std::string name = {};
  std::string summary = {};  ///< one line
  Bound bound = Bound::cpu;
  std::string source = {};  ///< where the problem and its oracle come from
  /// Parameters at which it is checked, so that much is tested in little time: "n=1000"; with
  /// "kernel=copy,dot" each of the values in turn.
  std::vector<std::string> checked_at = {};
  std::vector<Parameter> parameters = {};
  bool endpoint = false;  ///< it needs an HTTP server; see endpoint.h
  /// The parameter, a number, that the work of every task is proportional to. Runs that sweep it give METG.
  std::string grain = {};
  /// What speed-ups are against, as it is chosen on the command line: "cpython:executor=serial". Only where
  /// the backend `serial` cannot run this workload.
  std::string reference = "serial";
  /// It needs to be told something, and so '*' for all workloads does not mean it.
  bool only_by_name = false;
  bool asynchronous = false;                                       // set by RUNOFF_WORKLOAD
  bool python = false;                                             // set by RUNOFF_WORKLOAD
  Shape shape = Shape::independent;                                // set by RUNOFF_WORKLOAD
  Compilation compilation = {};                                    // set by RUNOFF_WORKLOAD
  std::unique_ptr<Workload> (*make)(const Parameters&) = nullptr;  // set by RUNOFF_WORKLOAD
};

template <class W>
WorkloadPlugin describe_workload(WorkloadPlugin plugin, Compilation compilation) {
  plugin.compilation = std::move(compilation);
  plugin.shape = W::static_shape;
  plugin.asynchronous = std::is_base_of_v<Asynchronous, W>;
  plugin.python = std::is_base_of_v<PythonForm, W>;
  plugin.make = [](const Parameters& parameters) -> std::unique_ptr<Workload> {
    return std::make_unique<W>(parameters);
  };
  return plugin;
}

}  // namespace runoff

/// Registers a workload class, which is made from `const runoff::Parameters&`. Once in a module.
#define RUNOFF_WORKLOAD(Type, ...)                                            \
  RUNOFF_LAYOUT(runoff_workload_layout)                                       \
  extern "C" RUNOFF_VISIBLE const runoff::WorkloadPlugin* runoff_workload() { \
    static const runoff::WorkloadPlugin plugin =                              \
        runoff::describe_workload<Type>(__VA_ARGS__, RUNOFF_COMPILATION);     \
    return &plugin;                                                           \
  }
