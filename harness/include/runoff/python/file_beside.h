#pragma once

#include <dlfcn.h>

#include <filesystem>
#include <stdexcept>
#include <string>

namespace runoff {

/// The path of a file that lies beside the module which has this address.
inline std::string file_beside(const void* in_module, const std::string& file) {
  Dl_info module{};
  if (::dladdr(in_module, &module) == 0) throw std::runtime_error("cannot find the module beside " + file);
  return std::filesystem::absolute(module.dli_fname).replace_filename(file);
}

}  // namespace runoff
