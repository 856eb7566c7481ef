#pragma once

#include <map>
#include <string>

#include "catalog/catalog.h"

namespace runoff {

/// A backend whose launcher's program is not in PATH is not available, with that as the reason; but where
/// `chosen`, by name of the backend, has another command for it, that one has to show what it is.
void find_launchers(Catalog& catalog, const std::map<std::string, std::string>& chosen);

}  // namespace runoff
