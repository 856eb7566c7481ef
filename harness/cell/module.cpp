#include "cell/module.h"

#include <dlfcn.h>
#include <elf.h>

#include <array>
#include <cstddef>
#include <cstring>
#include <fstream>

namespace runoff::cell {
namespace {

/// Class, byte order and machine: what a loader goes by; nothing where it is no ELF file.
std::string architecture(const std::string& file) {
  std::array<char, offsetof(Elf64_Ehdr, e_version)> head{};
  std::ifstream in(file, std::ios::binary);
  if (!in.read(head.data(), head.size()) || std::memcmp(head.data(), ELFMAG, SELFMAG) != 0) return {};
  return {head[EI_CLASS], head[EI_DATA], head[offsetof(Elf64_Ehdr, e_machine)],
          head[offsetof(Elf64_Ehdr, e_machine) + 1]};
}

/// The loader passes such a file over, and then says that it is not there.
bool is_for_another_architecture(const std::string& file) {
  const std::string its = architecture(file);
  return !its.empty() && its != architecture("/proc/self/exe");
}

}  // namespace

Module::Module(const std::string& file) : file_(file) {
  // A name without a slash would be searched for in the system's library folders.
  const std::string path = file.find('/') == file.npos ? "./" + file : file;
  handle_ = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle_ != nullptr) return;
  const std::string why = ::dlerror();
  if (is_for_another_architecture(path))
    throw ModuleError("module '" + file + "' was built for another processor or word size than runoff");
  throw ModuleError("cannot load module: " + why);
}

// Before the module makes anything: it would end the process, or find nonsense.
void Module::require_layout(const std::string& symbol) const {
  auto* get = reinterpret_cast<const Layout* (*)()>(::dlsym(handle_, (symbol + "_layout").c_str()));
  if (get == nullptr) return;  // of an older SDK
  const Layout& its = *get();
  const auto require = [this](std::uint32_t size, std::size_t own, const char* what) {
    if (size == own) return;
    throw ModuleError("module '" + file_ + "' was compiled with " + what + " of " + std::to_string(size) +
                      " bytes, runoff with " + std::to_string(own) + "; build it as runoff was built");
  };
  require(its.string, sizeof(std::string), "a std::string (_GLIBCXX_USE_CXX11_ABI, or another library)");
  require(its.container, sizeof(std::vector<int>), "a std::vector (_GLIBCXX_DEBUG, or another library)");
  require(its.padded, sizeof(Layout::Padded), "a char and a double in a structure (-fpack-struct)");
}

template <class Plugin>
const Plugin* Module::plugin(const char* symbol) const {
  auto* make = reinterpret_cast<const Plugin* (*)()>(::dlsym(handle_, symbol));
  if (make == nullptr) return nullptr;
  require_layout(symbol);
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
