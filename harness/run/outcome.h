#pragma once

#include <chrono>
#include <filesystem>

#include "launcher/protocol.h"
#include "record/sample.h"

namespace runoff {

/// Fills in how a cell ended and what it measured, from how its process ended and the file that it wrote.
void read_outcome(const Answer& answer, const std::filesystem::path& result, Sample& sample);

}  // namespace runoff
