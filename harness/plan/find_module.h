#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "catalog/module.h"
#include "plan/choice.h"
#include "support/errors.h"
#include "support/nearest.h"

namespace runoff {

/// The module of that name, or null where it is left out. Throws UsageError, which suggests the nearest name
/// or says what would bring the module.
template <class M>
const M* find_module(const std::vector<M>& modules, const std::string& name, const char* what,
                     Absent absent) {
  const auto found =
      std::find_if(modules.begin(), modules.end(), [&](const M& one) { return one.name == name; });
  if (found == modules.end()) {
    if (absent == Absent::is_left_out) return nullptr;
    std::vector<std::string> known;
    for (const auto& one : modules) known.push_back(one.name);
    throw UsageError(fmt::format("unknown {} '{}'{}", what, name, suggestion(name, known)));
  }
  if (found->available) return &*found;
  if (absent == Absent::is_left_out) return nullptr;
  throw UsageError(fmt::format("{} '{}' is not available: {}{}", what, name, found->reason,
                               found->package.empty() ? "" : "; apt-get install " + found->package));
}

}  // namespace runoff
