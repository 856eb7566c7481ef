#pragma once

#include <fmt/format.h>

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
  const M* found = module_named(modules, name);
  if (found == nullptr) {
    if (absent == Absent::is_left_out) return nullptr;
    std::vector<std::string> known;
    for (const auto& one : modules) known.push_back(one.name);
    throw UsageError(fmt::format("unknown {} '{}'{}", what, name, suggestion(name, known)));
  }
  if (found->available) return found;
  if (absent == Absent::is_left_out) return nullptr;
  throw UsageError(why_not_available(*found, what));
}

}  // namespace runoff
