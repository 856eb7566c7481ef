#include "catalog/plugins.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "support/errors.h"
#include "support/text.h"

namespace runoff {

std::vector<std::filesystem::path> all_plugins(std::span<const std::filesystem::path> named) {
  namespace fs = std::filesystem;
  std::vector<fs::path> all;
  // Each once, however often and by whichever name it is named.
  const auto add = [&all](const fs::path& file) {
    const auto is_it = [&file](const fs::path& other) {
      std::error_code not_there;
      return fs::equivalent(file, other, not_there);
    };
    if (std::none_of(all.begin(), all.end(), is_it)) all.push_back(file);
  };
  std::for_each(named.begin(), named.end(), add);
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
    std::for_each(found.begin(), found.end(), add);
  }
  return all;
}

}  // namespace runoff
