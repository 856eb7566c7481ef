#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "cell/read_stamps.h"

namespace runoff {

/// One execution of a cell as events of the Chrome trace format, which Perfetto opens
/// (https://ui.perfetto.dev): `process` numbers the cell, `name` is what it is called. Times count from when
/// the execution began.
nlohmann::ordered_json trace_events(const StampedExecution& execution, int process, const std::string& name);

/// The whole of such a file.
nlohmann::ordered_json trace_file(nlohmann::ordered_json events);

}  // namespace runoff
