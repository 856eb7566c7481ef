#include <cstdlib>
#include <stdexcept>

#include "openmp.h"

std::vector<runoff::Parameter> openmp_options() {
  return {
      runoff::Parameter::choice(
          "schedule", {"dynamic", "static", "guided"},
          "how iterations are dealt out: on demand, in equal parts, or in shrinking parts")
          .only_for(runoff::Shape::independent),
      runoff::Parameter::optional_count("chunk", 1, 1'000'000'000,
                                        "iterations dealt out at a time, at the least")
          .only_for(runoff::Shape::independent),
      runoff::Parameter::choice(
          "graph", {"barrier", "depend"},
          "a worksharing loop in equal parts for each step, or a task with `depend` clauses for each point")
          .only_for(runoff::Shape::dependent),
      runoff::Parameter::optional_choice("wait", {"active", "passive", "own"},
                                         "how threads wait for the next region: spinning for ever, asleep, "
                                         "or as the runtime does by itself; "
                                         "absent: about 1 ms of spinning, then sleep"),
  };
}

// Both runtimes get the same list, and wait in the same way: about 1 ms of spinning, then sleep. LLVM's
// counts milliseconds; GNU's counts turns of a loop around one pause instruction (26 ns on a Zen 5, 45 ns on
// a Skylake, so 40000 are 1 to 2 ms), and cuts them to 100 by itself when there are more threads than cores.
// `wait=own` is what each has where nothing is set: 200 ms in LLVM's, 300,000 turns in GNU's. The variables
// of its own come before OMP_WAIT_POLICY in each runtime, so they are set as the policy would set them. The
// harness places workers, so the runtimes must not.
std::vector<runoff::EnvironmentVariable> openmp_environment() {
  return {
      {"OMP_DYNAMIC", "false"},
      {"OMP_PROC_BIND", "false"},
      {"OMP_MAX_ACTIVE_LEVELS", "1"},
      {"KMP_BLOCKTIME", "1"},
      {"GOMP_SPINCOUNT", "40000"},
      {"OMP_WAIT_POLICY", "active", "wait=active"},
      {"KMP_BLOCKTIME", "infinite", "wait=active"},
      {"GOMP_SPINCOUNT", "infinite", "wait=active"},
      {"OMP_WAIT_POLICY", "passive", "wait=passive"},
      {"KMP_BLOCKTIME", "0", "wait=passive"},
      {"GOMP_SPINCOUNT", "0", "wait=passive"},
      {"KMP_BLOCKTIME", "200", "wait=own"},
      {"GOMP_SPINCOUNT", "300000", "wait=own"},
  };
}

void require_waiting(const runoff::Parameters& variant) {
  if (!variant.has("wait")) return;
  const std::string chosen = "wait=" + variant.text("wait");
  for (const auto& [name, value, only] : openmp_environment()) {
    if (only != chosen) continue;
    const char* set = std::getenv(name.c_str());
    if (set == nullptr || set != value)
      throw std::runtime_error(chosen + " needs " + name + "=" + value +
                               " in the environment before OpenMP is loaded, as `runoff run` sets it");
  }
}
