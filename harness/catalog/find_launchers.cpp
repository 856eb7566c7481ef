#include "catalog/find_launchers.h"

#include "catalog/launcher_words.h"
#include "runoff/find_program.h"

namespace runoff {

void find_launchers(Catalog& catalog, const std::map<std::string, std::string>& chosen) {
  for (BackendModule& backend : catalog.backends) {
    if (!backend.available || backend.launcher.empty() || chosen.contains(backend.name)) continue;
    const std::string program = launcher_words(backend.launcher, {}).front();
    if (is_program(find_program(program))) continue;
    backend.available = false;
    backend.reason = "its launcher '" + program + "' is not in PATH";
  }
}

}  // namespace runoff
