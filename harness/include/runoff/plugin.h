#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "runoff/backend.h"
#include "runoff/parameters.h"
#include "runoff/workload.h"

namespace runoff {

/// Rises whenever a module built against older headers would no longer work. A module of another version is
/// refused.
inline constexpr std::uint32_t sdk_version = 8;

/// What a workload's module says of itself. Fill it in by name: RUNOFF_WORKLOAD(Primes, {.name = "primes",
/// …}).
struct WorkloadPlugin {
  std::uint32_t sdk = sdk_version;
  std::string name = {};
  std::string summary = {};  ///< one line
  Bound bound = Bound::cpu;
  std::string source = {};  ///< where the problem and its oracle come from
  std::vector<Parameter> parameters = {};
  bool endpoint = false;  ///< it needs an HTTP server; see endpoint.h
  /// The parameter, a number, that the work of every task is proportional to. Runs that sweep it give METG.
  std::string grain = {};
  bool asynchronous = false;                                       // set by RUNOFF_WORKLOAD
  Shape shape = Shape::independent;                                // set by RUNOFF_WORKLOAD
  std::unique_ptr<Workload> (*make)(const Parameters&) = nullptr;  // set by RUNOFF_WORKLOAD
};

/// A variable that the process is given before the runtime is loaded.
struct EnvironmentVariable {
  std::string name = {};
  std::string value = {};
};

/// What a backend's module says of itself. Fill it in by name: RUNOFF_BACKEND(Tbb, {.name = "tbb", …}).
struct BackendPlugin {
  std::uint32_t sdk = sdk_version;
  std::string name = {};
  std::string summary = {};  ///< one line
  std::string source = {};   ///< the runtime's documentation that recommends this idiom
  std::string runtime = {};  ///< name and version of the runtime that was loaded, such as "oneTBB 2021.8"
  std::vector<Parameter> options = {};  ///< what makes its variants; the default of each comes first
  std::vector<EnvironmentVariable> environment = {};
  bool asynchronous = false;  ///< it runs the asynchronous form of workloads, and nothing else
  bool shares_memory = true;  ///< all of its workers see `Memory` and the results in place
  /// A command that starts one process for each worker, with {workers} for their number; empty where the
  /// backend makes its workers itself. Users replace it with --mpi-launcher.
  std::string launcher = {};
  unsigned most_workers = 0;                                    ///< 0: no limit of its own
  std::unique_ptr<Backend> (*make)(const Settings&) = nullptr;  // set by RUNOFF_BACKEND
};

template <class W>
WorkloadPlugin describe_workload(WorkloadPlugin plugin) {
  plugin.shape = W::static_shape;
  plugin.asynchronous = std::is_base_of_v<Asynchronous, W>;
  plugin.make = [](const Parameters& parameters) -> std::unique_ptr<Workload> {
    return std::make_unique<W>(parameters);
  };
  return plugin;
}

template <class B>
BackendPlugin describe_backend(BackendPlugin plugin) {
  plugin.make = [](const Settings& settings) -> std::unique_ptr<Backend> {
    return std::make_unique<B>(settings);
  };
  return plugin;
}

}  // namespace runoff

/// Registers a workload class, which is made from `const runoff::Parameters&`. Once in a module.
#define RUNOFF_WORKLOAD(Type, ...)                                                             \
  extern "C" RUNOFF_VISIBLE const runoff::WorkloadPlugin* runoff_workload() {                  \
    static const runoff::WorkloadPlugin plugin = runoff::describe_workload<Type>(__VA_ARGS__); \
    return &plugin;                                                                            \
  }

/// Registers a backend class, which is made from `const runoff::Settings&`. Once in a module.
#define RUNOFF_BACKEND(Type, ...)                                                            \
  extern "C" RUNOFF_VISIBLE const runoff::BackendPlugin* runoff_backend() {                  \
    static const runoff::BackendPlugin plugin = runoff::describe_backend<Type>(__VA_ARGS__); \
    return &plugin;                                                                          \
  }
