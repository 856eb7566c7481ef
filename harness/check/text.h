#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "check/check.h"

namespace runoff {

/// One promise for people to read, where it fails with what that means and what to change.
std::string to_text(const Held& held);

/// The same for scripts.
nlohmann::ordered_json to_json(const Held& held);

}  // namespace runoff
