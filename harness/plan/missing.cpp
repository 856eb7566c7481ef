#include "plan/missing.h"

#include <algorithm>
#include <set>

#include "support/list.h"
#include "support/text.h"

namespace runoff {
namespace {

/// The names of one kind that items mean, "-NAME" taking out what came before.
template <class M>
std::set<std::string> names_meant(const std::vector<M>& modules, std::span<const std::string> items) {
  std::set<std::string> names;
  for (const std::string& item : items) {
    const std::string name = split(item, ":;").front();
    if (name == "*")
      for (const M& one : modules) {
        if (!one.only_by_name) names.insert(one.name);
      }
    else if (name.starts_with('-'))
      names.erase(name.substr(1));
    else
      names.insert(name);
  }
  return names;
}

template <class M>
void add_missing(const char* kind, const std::vector<M>& modules, const std::set<std::string>& names,
                 std::vector<Missing>& missing) {
  for (const std::string& name : names) {
    const M* found = module_named(modules, name);
    if (found != nullptr && found->available) continue;
    Missing one{
        kind, {name}, found ? found->reason : "this build has no such module", found ? found->package : ""};
    const auto same = std::find_if(missing.begin(), missing.end(), [&](const Missing& other) {
      return other.kind == one.kind && other.reason == one.reason && other.package == one.package;
    });
    if (same == missing.end())
      missing.push_back(std::move(one));
    else
      same->names.push_back(name);
  }
}

}  // namespace

std::string Missing::what() const {
  return kind + (names.size() == 1 ? " " : "s ") + listed(names, names.size());
}

std::string Missing::why() const { return with_remedy(reason, package); }

std::vector<Missing> missing_modules(const Catalog& catalog, std::span<const Selection> selections) {
  std::set<std::string> backends, workloads;
  for (const Selection& one : selections) {
    backends.merge(names_meant(catalog.backends, one.backends));
    workloads.merge(names_meant(catalog.workloads, one.workloads));
  }
  std::vector<Missing> missing;
  add_missing("workload", catalog.workloads, workloads, missing);
  add_missing("backend", catalog.backends, backends, missing);
  return missing;
}

}  // namespace runoff
