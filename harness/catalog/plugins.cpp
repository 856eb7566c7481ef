#include "catalog/plugins.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "support/errors.h"
#include "support/text.h"

namespace runoff {

std::vector<std::filesystem::path> all_plugins(std::span<const std::filesystem::path> named) {
  namespace fs = std::filesystem;
  std::vector<fs::path> all(named.begin(), named.end());
  const char* const folders = std::getenv(plugins_variable);
  if (folders == nullptr) return all;
  for (const std::string& folder : split(folders, ":")) {
    if (folder.empty()) continue;
    std::error_code error;
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder, error))
      if (entry.path().extension() == ".so") found.push_back(entry.path());
    if (error)
      throw UsageError(std::string(plugins_variable) + ": cannot read the folder '" + folder +
                       "': " + error.message());
    std::sort(found.begin(), found.end());
    for (const fs::path& file : found) {
      const auto is_it = [&file](const fs::path& other) {
        std::error_code not_there;
        return fs::equivalent(file, other, not_there);
      };
      if (std::none_of(named.begin(), named.end(), is_it)) all.push_back(file);
    }
  }
  return all;
}

}  // namespace runoff
