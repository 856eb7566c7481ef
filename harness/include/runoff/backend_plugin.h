#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "runoff/backend.h"
#include "runoff/compilation.h"
#include "runoff/parameters.h"
#include "runoff/sdk_version.h"

namespace runoff {

/// A variable that the process is given before the runtime is loaded.
struct EnvironmentVariable {
  std::string name = {};
  std::string value = {};
  /// "mode=pool": given only to variants with all of these, in the place of a value for all; empty: to all.
  std::string variant = {};
};

/// A runtime that is no library of the module, and that a machine may lack.
struct FoundRuntime {
  std::string name = {};     ///< with its version; empty: there is none
  std::string reason = {};   ///< why there is none
  std::string package = {};  ///< the Debian package that would bring it
};

/// Where a reader who wants what was measured gets it from.
struct Origin {
  /// "mode=pool": holds for variants with all of these; empty: for the rest.
  std::string variant = {};
  std::string text = {};  ///< "libtbb-dev", "the C++ standard library", "runoff's own: runoff/scheduling"
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
  bool python = false;        ///< it runs the Python form of workloads, and nothing else
  bool only_by_name = false;  ///< '*' does not mean it
  /// How to get it; of several the first that holds.
  std::vector<Origin> origins = {};
  /// Looks for the runtime where it is a program; takes the place of `runtime`. Not called where it is
  /// measured.
  FoundRuntime (*find_runtime)() = nullptr;
  /// All of its workers see `Memory` and the results in place. Where they do not, the backend reports what
  /// they did (`seen_elsewhere`).
  bool shares_memory = true;
  /// A command that starts processes, with {workers} for their number: one for each worker, or for as many as
  /// an option says (`Parameter::sets_workers_of_process`), which {threads} stands for. {shared_memory} is a
  /// folder in memory that is removed when they have ended. Empty where the backend makes its workers itself.
  /// Users replace it with --launcher NAME=COMMAND.
  std::string launcher = {};
  /// The same on several hosts, with {hosts} for a file that names them, for --hosts; empty where there is no
  /// such way.
  std::string launcher_on_hosts = {};
  /// What the launcher prints when it has failed, and yet may not end: each text says so by itself.
  std::vector<std::string> launcher_failures = {};
  unsigned most_workers = 0;                                    ///< 0: no limit of its own
  Compilation compilation = {};                                 // set by RUNOFF_BACKEND
  std::unique_ptr<Backend> (*make)(const Settings&) = nullptr;  // set by RUNOFF_BACKEND
};

template <class B>
BackendPlugin describe_backend(BackendPlugin plugin, Compilation compilation) {
  plugin.compilation = std::move(compilation);
  plugin.make = []([[maybe_unused]] const Settings& settings) -> std::unique_ptr<Backend> {
    if constexpr (std::is_default_constructible_v<B>)
      return std::make_unique<B>();
    else
      return std::make_unique<B>(settings);
  };
  return plugin;
}

}  // namespace runoff

/// Registers a backend class, which is made from `const runoff::Settings&`, or, where it takes none, from
/// nothing. Once in a module.
#define RUNOFF_BACKEND(Type, ...)                                           \
  RUNOFF_LAYOUT(runoff_backend_layout)                                      \
  extern "C" RUNOFF_VISIBLE const runoff::BackendPlugin* runoff_backend() { \
    static const runoff::BackendPlugin plugin =                             \
        runoff::describe_backend<Type>(__VA_ARGS__, RUNOFF_COMPILATION);    \
    return &plugin;                                                         \
  }
