#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>

namespace runoff {

/// Of the fastest of these processors now. Nothing where none says it. `root` is where /sys is.
std::optional<std::int64_t> read_highest_clock_khz(std::span<const int> cpus,
                                                   const std::filesystem::path& root = "/");

}  // namespace runoff
