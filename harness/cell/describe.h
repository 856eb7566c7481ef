#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "runoff/workload.h"

namespace runoff::cell {

/// What a module says of itself; `kind` is "workload" or "backend". Throws ModuleError.
nlohmann::ordered_json describe(const std::string& module_file);

}  // namespace runoff::cell
