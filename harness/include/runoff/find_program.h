#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>

namespace runoff {

/// Whether this file can be started.
inline bool is_program(const std::string& file) {
  std::error_code error;
  return std::filesystem::is_regular_file(file, error) && ::access(file.c_str(), X_OK) == 0;
}

/// The path of a program: its name, where that has a '/'; else the first program of this name in PATH. Empty
/// where there is none.
inline std::string find_program(const std::string& name) {
  if (name.find('/') != name.npos) return name;
  const char* const path = std::getenv("PATH");
  std::istringstream folders(path != nullptr ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');)
    if (std::string file = std::filesystem::path(folder) / name; is_program(file)) return file;
  return {};
}

}  // namespace runoff
