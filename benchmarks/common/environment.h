#pragma once

#include <filesystem>
#include <span>

#include "runoff/backend_plugin.h"

namespace benchmarks {

/// The executable that runs.
std::filesystem::path self();

/// Starts this program again with the environment of a runtime, which reads it when it is loaded; returns
/// where it is there already.
void with_environment(std::span<const runoff::EnvironmentVariable> environment, char** arguments);

}  // namespace benchmarks
