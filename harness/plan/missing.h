#pragma once

#include <span>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "plan/selection.h"

namespace runoff {

/// Modules that a run would have measured if they were there, all for the same reason.
struct Missing {
  std::string kind;                ///< "backend" or "workload"
  std::vector<std::string> names;  ///< in rising order, at least one
  std::string reason;
  std::string package;  ///< that would bring them; may be empty

  /// "backends stdpar and tbb".
  std::string what() const;
  /// "libtbb.so.12: cannot open shared object file; apt-get install libtbb-dev".
  std::string why() const;
};

/// What these selections name, or mean by '*', and the catalog does not have available. Each once.
std::vector<Missing> missing_modules(const Catalog& catalog, std::span<const Selection> selections);

}  // namespace runoff
