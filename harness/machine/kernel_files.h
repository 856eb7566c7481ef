#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace runoff {

// Small files in which the kernel says how it is set, under /proc and /sys.

/// Without blanks at its ends; empty where there is no such file.
std::string first_line(const std::filesystem::path& file);

/// The whole number that is the first line; nothing where it is none.
std::optional<std::int64_t> read_number(const std::filesystem::path& file);

/// The choice in brackets of "always [madvise] never"; empty where there is none.
std::string chosen(std::string_view choices);

/// "0-2,5" as 0, 1, 2, 5, which is how the kernel lists processors; what cannot be read is left out.
std::vector<int> parse_cpu_list(std::string_view text);
/// The other way round. The processors are sorted.
std::string to_cpu_list(std::span<const int> cpus);

}  // namespace runoff
