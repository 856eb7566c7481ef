#pragma once

#include <filesystem>
#include <string>
#include <vector>

/// One who runs the graph, with `{grain}` in the command for the size of its tasks and `{result}` for the
/// file that is to hold {"wall_ns": …}.
struct Contestant {
  std::string name;
  double target_ns;  ///< 0: none
  std::string command;
};

struct GraphForm {
  unsigned width, steps, workers;
};

/// A backend in a variant ("" for the default), as `runoff run` would start it. `prefix`: of the build.
Contestant backend(const std::filesystem::path& prefix, const GraphForm& form, const std::string& name,
                   const std::string& variant, double target_ns);

/// A program by hand.
Contestant by_hand(const GraphForm& form, const std::string& runtime);

/// Runs it once; the time of an execution in ns. Throws std::runtime_error.
double measure(const Contestant& contestant, unsigned grain, const std::filesystem::path& result);
