#include "machine/steering.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace runoff {
namespace {

// Beginnings of names.
constexpr std::array of_one{"OMP_", "GOMP_", "KMP_", "LIBOMP", "TBB_", "CILK_", "HPX_", "MKL_"};
constexpr std::array of_all{"GLIBC_TUNABLES", "MALLOC_",    "MIMALLOC_", "JEMALLOC_",
                            "TCMALLOC_",      "LD_PRELOAD", "LD_AUDIT",  "LD_BIND_NOW",
                            "OMPI_",          "PMIX_",      "PRTE_",     "UCX_"};
constexpr std::array of_here{"LD_",   "HWLOC", "SLURM",  "ASAN_",       "TSAN_",        "UBSAN",
                             "LSAN_", "CURL_", "PYTHON", "VIRTUAL_ENV", "RUNOFF_PYTHON"};

template <class Names>
bool begins_with_one(std::string_view name, const Names& beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [name](std::string_view beginning) { return name.starts_with(beginning); });
}

}  // namespace

SteeringVariables find_steering(const char* const* environment) {
  SteeringVariables found;
  for (; *environment != nullptr; ++environment) {
    const std::string_view text(*environment);
    const std::size_t equals = text.find('=');
    if (equals == text.npos) continue;
    std::pair<std::string, std::string> variable(text.substr(0, equals), text.substr(equals + 1));
    if (begins_with_one(variable.first, of_one))
      found.of_one_runtime.push_back(std::move(variable));
    else if (begins_with_one(variable.first, of_all))
      found.of_all_cells.push_back(std::move(variable));
    else if (begins_with_one(variable.first, of_here))
      found.of_the_place.push_back(std::move(variable));
  }
  return found;
}

void take_out(const Pairs& variables) {
  for (const auto& [name, value] : variables) ::unsetenv(name.c_str());
}

}  // namespace runoff
