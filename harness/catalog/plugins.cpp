#include "catalog/plugins.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "support/errors.h"
#include "support/text.h"

namespace runoff {

std::string why_no_module(const std::filesystem::path& file) {
  namespace fs = std::filesystem;
  std::error_code error;
  switch (fs::status(file, error).type()) {
    case fs::file_type::regular:
      return {};
    case fs::file_type::directory:
      return "it is a folder; RUNOFF_PLUGINS takes one, with all modules in it";
    case fs::file_type::not_found: {
      std::error_code ignored;
      return fs::is_symlink(file, ignored) ? "it is a link to a file that is not there"
                                           : "there is no such file";
    }
    case fs::file_type::none:
      return error.message();
    default:
      return "it is no regular file";
  }
}

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
  for (const fs::path& file : named) {
    if (const std::string wrong = why_no_module(file); !wrong.empty())
      throw UsageError("--plugin " + file.string() + ": " + wrong);
    add(file);
  }
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
