#include "catalog/find_launchers.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "catalog/launcher_words.h"
#include "support/text.h"

namespace runoff {
namespace {

bool can_be_started(const std::string& program) {
  if (program.find('/') != program.npos) return ::access(program.c_str(), X_OK) == 0;
  const char* path = std::getenv("PATH");
  const auto folders = split(path == nullptr ? "/usr/bin:/bin" : path, ":");
  return std::any_of(folders.begin(), folders.end(), [&program](const std::string& folder) {
    return ::access(((folder.empty() ? "." : folder) + "/" + program).c_str(), X_OK) == 0;
  });
}

}  // namespace

void find_launchers(Catalog& catalog, const std::map<std::string, std::string>& chosen) {
  for (BackendModule& backend : catalog.backends) {
    if (!backend.available || backend.launcher.empty() || chosen.contains(backend.name)) continue;
    const std::string program = launcher_words(backend.launcher, {}).front();
    if (can_be_started(program)) continue;
    backend.available = false;
    backend.reason = "its launcher '" + program + "' is not in PATH";
  }
}

}  // namespace runoff
