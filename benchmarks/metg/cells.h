#pragma once

#include <string>

#include "common/cells.h"

/// One way to run the graph: a command that prints {"wall_ns": …}, with `{grain}` for the size of its tasks.
struct Contestant {
  std::string name;
  double target_ns;  ///< 0: none
  std::string command;
};

struct GraphForm {
  unsigned width, steps, workers;
};

/// A backend in a variant ("" for the default).
Contestant backend(const benchmarks::Cells& cells, const GraphForm& form, const std::string& name,
                   const std::string& variant, double target_ns);

/// A program by hand.
Contestant by_hand(const GraphForm& form, const std::string& runtime);

/// Runs it once; the time of an execution in ns. Throws std::runtime_error.
double measure(const Contestant& contestant, unsigned grain);
