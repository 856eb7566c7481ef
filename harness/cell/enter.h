#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "cell/outcome.h"
#include "cell/task_records.h"
#include "runoff/backend.h"

namespace runoff::cell {

/// What one execution used, of what all together did.
void enter_usage(const Usage& used, std::optional<std::int64_t> energy_uj, std::int64_t iterations,
                 Outcome& outcome);

/// The fewest and the most workers of any execution, and how often there were how many.
void enter_turnouts(const std::vector<std::uint64_t>& turnouts, Outcome& outcome);

/// Latencies, failed tasks, and with them whether all is well.
void enter_records(const TaskRecords& records, Outcome& outcome);

}  // namespace runoff::cell
