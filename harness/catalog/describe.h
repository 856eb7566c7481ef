#pragma once

#include <nlohmann/json_fwd.hpp>

#include "catalog/module.h"

namespace runoff {

// The JSON of `runoff-cell --describe`, read and written. The functions that read throw
// JsonError (support/json.h) or std::invalid_argument for anything else.

Parameter parameter_from(const nlohmann::ordered_json& description);
nlohmann::ordered_json to_json(const Parameter& parameter);
nlohmann::ordered_json to_json(const Compilation& compilation);
BackendModule backend_from(const nlohmann::ordered_json& description);
WorkloadModule workload_from(const nlohmann::ordered_json& description);

}  // namespace runoff
