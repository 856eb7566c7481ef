#include <dlfcn.h>
#include <link.h>
#include <omp.h>

#include <cctype>
#include <cstdlib>
#include <memory>

#include "openmp.h"

namespace {

/// The last version named GOMP_NUMBER that a loaded library defines; versions are defined from old to new.
std::string newest_interface(const link_map& library) {
  const char* strings = nullptr;
  ElfW(Addr) versions = 0;
  for (const ElfW(Dyn)* entry = library.l_ld; entry->d_tag != DT_NULL; ++entry) {
    if (entry->d_tag == DT_STRTAB) strings = reinterpret_cast<const char*>(entry->d_un.d_ptr);  // relocated
    if (entry->d_tag == DT_VERDEF) versions = library.l_addr + entry->d_un.d_ptr;  // not relocated
  }
  std::string newest;
  while (strings != nullptr && versions != 0) {
    const auto& version = *reinterpret_cast<const ElfW(Verdef)*>(versions);
    const auto& name = *reinterpret_cast<const ElfW(Verdaux)*>(versions + version.vd_aux);
    const std::string text = strings + name.vda_name;
    if (text.starts_with("GOMP_") && std::isdigit(static_cast<unsigned char>(text[5]))) newest = text;
    if (version.vd_next == 0) break;
    versions += version.vd_next;
  }
  return newest;
}

}  // namespace

std::string openmp_runtime(const std::string& name) {
  Dl_info info;
  void* library = nullptr;
  if (::dladdr1(reinterpret_cast<void*>(&omp_get_num_threads), &info, &library, RTLD_DL_LINKMAP) == 0)
    return name;
  const std::unique_ptr<char, decltype(&std::free)> file(::realpath(info.dli_fname, nullptr), &std::free);
  return name + " " + newest_interface(*static_cast<const link_map*>(library)) + ", " +
         (file ? file.get() : info.dli_fname);
}
