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
  };
}

// Both runtimes get the same list, and wait in the same way: about 1 ms of spinning, then sleep. LLVM's
// counts milliseconds; GNU's counts turns of a loop around one pause instruction (26 ns on a Zen 5, 45 ns on
// a Skylake, so 40000 are 1 to 2 ms), and cuts them to 100 by itself when there are more threads than cores.
// The harness places workers, so the runtimes must not.
std::vector<runoff::EnvironmentVariable> openmp_environment() {
  return {
      {"OMP_DYNAMIC", "false"}, {"OMP_PROC_BIND", "false"},  {"OMP_MAX_ACTIVE_LEVELS", "1"},
      {"KMP_BLOCKTIME", "1"},   {"GOMP_SPINCOUNT", "40000"},
  };
}
