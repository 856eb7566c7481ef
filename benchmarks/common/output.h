#pragma once

#include <string>

namespace benchmarks {

/// What a shell command prints. Throws std::runtime_error where it fails.
std::string output_of(const std::string& command);

}  // namespace benchmarks
