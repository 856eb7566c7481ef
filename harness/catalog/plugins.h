#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace runoff {

/// The folders that this names, with ':' between them, hold plug-ins.
inline constexpr const char* plugins_variable = "RUNOFF_PLUGINS";

/// Of what cannot be a module, as it is no file, why; else empty.
std::string why_no_module(const std::filesystem::path& file);

/// The plug-ins that a command line names, and every module in the folders of RUNOFF_PLUGINS. Throws
/// UsageError where a named one is no file that a module could be, or one of those is no folder.
std::vector<std::filesystem::path> all_plugins(std::span<const std::filesystem::path> named);

}  // namespace runoff
