#pragma once

#include <cstdint>
#include <filesystem>

#include "doctor/finding.h"

namespace runoff {

// Memory and how the kernel lays it out. `root` is where /proc and /sys are.

/// `available`: bytes, under the limits of control groups.
Finding check_memory(std::int64_t available, const std::filesystem::path& root = "/");
Finding check_huge_pages(const std::filesystem::path& root = "/");
Finding check_aslr(const std::filesystem::path& root = "/");

}  // namespace runoff
