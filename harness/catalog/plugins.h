#pragma once

#include <filesystem>
#include <span>
#include <vector>

namespace runoff {

/// The folders that this names, with ':' between them, hold plug-ins.
inline constexpr const char* plugins_variable = "RUNOFF_PLUGINS";

/// The plug-ins that a command line names, and every module in the folders of RUNOFF_PLUGINS. Throws
/// UsageError where one of those is no folder.
std::vector<std::filesystem::path> all_plugins(std::span<const std::filesystem::path> named);

}  // namespace runoff
