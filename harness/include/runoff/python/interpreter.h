#pragma once

#include <cstdlib>
#include <string>

#include "runoff/find_program.h"

namespace runoff {

/// The Python that runs Python forms: the one that RUNOFF_PYTHON names; else that of the virtual environment
/// that is active; else the system's; else the first on the PATH. Empty where there is none.
inline std::string find_python() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value != nullptr ? value : "");
  };
  if (const std::string named = variable("RUNOFF_PYTHON"); !named.empty()) {
    std::string found = find_program(named);
    return is_program(found) ? found : "";
  }
  if (const std::string active = variable("VIRTUAL_ENV"); !active.empty())
    if (std::string found = active + "/bin/python3"; is_program(found)) return found;
  return is_program("/usr/bin/python3") ? "/usr/bin/python3" : find_program("python3");
}

/// Why `find_python` found none, and what to do.
inline std::string no_python() {
  const char* named = std::getenv("RUNOFF_PYTHON");
  if (named == nullptr || *named == '\0') return "there is no python3";
  return "RUNOFF_PYTHON names '" + std::string(named) + "', which is no program that can be run";
}

}  // namespace runoff
