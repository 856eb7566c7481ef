#pragma once

#include <stdexcept>
#include <string>

#include "runoff/backend_plugin.h"
#include "runoff/workload_plugin.h"

namespace runoff::cell {

/// A module cannot be used; the text says which and why.
struct ModuleError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A shared library that holds a workload or a backend. Loaded privately, never closed: runtimes leave
/// threads and exit handlers behind, and leak reports need the code to be there.
class Module {
 public:
  explicit Module(const std::string& file);

  /// Null when the module holds something else. Throws ModuleError when it was built for another SDK,
  /// or with another layout of what both hand each other.
  const WorkloadPlugin* workload() const;
  const BackendPlugin* backend() const;

 private:
  void require_layout(const std::string& symbol) const;
  template <class Plugin>
  const Plugin* plugin(const char* symbol) const;

  std::string file_;
  void* handle_;
};

/// The workload (the backend) of a module that must hold one. Throws ModuleError.
const WorkloadPlugin& load_workload(const std::string& file);
const BackendPlugin& load_backend(const std::string& file);

}  // namespace runoff::cell
