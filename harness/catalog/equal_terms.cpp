#include "catalog/equal_terms.h"

#include <array>
#include <functional>

#include "support/list.h"

namespace runoff {
namespace {

/// How some modules may have been compiled, to the harm of their figures.
struct Handicap {
  const char* what;
  const char* remedy;
  std::function<bool(const Compilation&)> suffers;
};

const std::array<Handicap, 3>& handicaps() {
  static const std::array<Handicap, 3> all{
      {{"without optimisation", "compile with -DCMAKE_BUILD_TYPE=Release",
        [](const Compilation& how) { return !how.optimised; }},
       {"with a sanitizer", "compile without it",
        [](const Compilation& how) { return !how.sanitizer.empty(); }},
       {"with assertions", "compile with -DCMAKE_BUILD_TYPE=Release, or with -DNDEBUG",
        [](const Compilation& how) { return how.assertions; }}}};
  return all;
}

}  // namespace

std::vector<std::string> unequal_terms(std::span<const BackendModule* const> backends,
                                       std::span<const WorkloadModule* const> workloads) {
  std::vector<const ModuleFacts*> modules(backends.begin(), backends.end());
  modules.insert(modules.end(), workloads.begin(), workloads.end());
  // Modules of an SDK that did not ask them say nothing.
  std::erase_if(modules, [](const ModuleFacts* one) { return one->compilation.compiler.empty(); });
  std::vector<std::string> sentences;
  for (const Handicap& handicap : handicaps()) {
    std::vector<std::string> suffering;
    for (const ModuleFacts* module : modules)
      if (handicap.suffers(module->compilation)) suffering.push_back(module->name);
    if (suffering.empty() || suffering.size() == modules.size()) continue;
    sentences.push_back(
        listed(suffering) + (suffering.size() == 1 ? " was" : " were") + " compiled " + handicap.what +
        ", and other modules of this run were not, so their comparison is not fair; " + handicap.remedy);
  }
  return sentences;
}

}  // namespace runoff
