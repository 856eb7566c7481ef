#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace runoff {

/// What stands in the places of a launcher's command.
struct LauncherPlaces {
  /// {workers}, or, where the command has no such place, behind `-n` at its end: processes to start.
  unsigned workers = 1;
  unsigned threads = 1;                      ///< {threads}: workers that are one of these processes
  std::filesystem::path shared_memory = {};  ///< {shared_memory}: a folder
  std::filesystem::path hosts = {};          ///< {hosts}: a file
};

/// The words of a launcher's command, quotes and backslashes as in a shell. Throws UsageError where a quote
/// has no end.
std::vector<std::string> launcher_words(std::string command, const LauncherPlaces& places);

/// Throws UsageError where the command has a place that stands for nothing ({ranks}): it would reach the
/// launcher as it is. What a shell or awk takes such braces for (${name}, '{print}') may be meant.
void require_known_places(const std::string& command);

}  // namespace runoff
