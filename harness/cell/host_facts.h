#pragma once

#include <nlohmann/json.hpp>

namespace runoff::cell {

/// What the host is that this process is on: {"host", "processor", "cores", "kernel"}. The cores are those
/// that this process may use.
nlohmann::ordered_json host_facts();

}  // namespace runoff::cell
