#pragma once

#include <filesystem>
#include <span>

#include "doctor/finding.h"
#include "machine/timer.h"

namespace runoff {

// What decides how fast processors run, and how well time is told. `cpus` are those that a run may use;
// `root` is where /proc and /sys are.

Finding check_governor(std::span<const int> cpus, const std::filesystem::path& root = "/");
Finding check_boost(const std::filesystem::path& root = "/");
Finding check_clock(const Timer& timer, const std::filesystem::path& root = "/");

}  // namespace runoff
