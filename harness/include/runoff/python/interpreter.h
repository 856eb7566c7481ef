#pragma once

#include <unistd.h>

#include <cstdlib>
#include <sstream>
#include <string>

namespace runoff {

/// The Python that runs Python forms: the one that RUNOFF_PYTHON names; else that of the virtual environment
/// that is active; else the system's; else the first on the PATH. Empty where there is none.
inline std::string find_python() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value != nullptr ? value : "");
  };
  const auto runs = [](const std::string& file) { return ::access(file.c_str(), X_OK) == 0; };
  const auto on_path = [&](const std::string& name) -> std::string {
    std::istringstream folders(variable("PATH"));
    for (std::string folder; std::getline(folders, folder, ':');)
      if (const std::string file = folder + "/" + name; runs(file)) return file;
    return {};
  };
  if (const std::string named = variable("RUNOFF_PYTHON"); !named.empty()) {
    if (named.find('/') == named.npos) return on_path(named);
    return runs(named) ? named : "";
  }
  if (const std::string active = variable("VIRTUAL_ENV") + "/bin/python3"; active.size() > 12 && runs(active))
    return active;
  return runs("/usr/bin/python3") ? "/usr/bin/python3" : on_path("python3");
}

/// Why `find_python` found none, and what to do.
inline std::string no_python() {
  const char* named = std::getenv("RUNOFF_PYTHON");
  if (named == nullptr || *named == '\0') return "there is no python3";
  return "RUNOFF_PYTHON names '" + std::string(named) + "', which is no program that can be run";
}

}  // namespace runoff
