#include "cell/module.h"

#include <dlfcn.h>

namespace runoff::cell {

Module::Module(const std::string& file) : file_(file) {
  // A name without a slash would be searched for in the system's library folders.
  const std::string path = file.find('/') == file.npos ? "./" + file : file;
  handle_ = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle_ == nullptr) throw ModuleError("cannot load module: " + std::string(::dlerror()));
}

template <class Plugin>
const Plugin* Module::plugin(const char* symbol) const {
  auto* make = reinterpret_cast<const Plugin* (*)()>(::dlsym(handle_, symbol));
  if (make == nullptr) return nullptr;
  const Plugin* plugin = make();
  if (plugin->sdk != sdk_version)
    throw ModuleError("module '" + file_ + "' was built for SDK version " + std::to_string(plugin->sdk) +
                      ", this is version " + std::to_string(sdk_version) + "; build it again");
  return plugin;
}

const WorkloadPlugin* Module::workload() const { return plugin<WorkloadPlugin>("runoff_workload"); }
const BackendPlugin* Module::backend() const { return plugin<BackendPlugin>("runoff_backend"); }

const WorkloadPlugin& load_workload(const std::string& file) {
  const WorkloadPlugin* plugin = Module(file).workload();
  if (plugin == nullptr) throw ModuleError("module '" + file + "' holds no workload (RUNOFF_WORKLOAD)");
  return *plugin;
}

const BackendPlugin& load_backend(const std::string& file) {
  const BackendPlugin* plugin = Module(file).backend();
  if (plugin == nullptr) throw ModuleError("module '" + file + "' holds no backend (RUNOFF_BACKEND)");
  return *plugin;
}

}  // namespace runoff::cell
