#pragma once

#include <filesystem>

#include "cell/outcome.h"
#include "launcher/protocol.h"

namespace runoff {

/// How a cell ended and what it measured, from how its process ended and the file that it wrote.
Outcome outcome_of(const Answer& answer, const std::filesystem::path& result);

}  // namespace runoff
