#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace runoff {

/// What came of drawing.
struct Plots {
  std::vector<std::filesystem::path> files;
  std::string problem;  ///< one line: why there are none, and what to do; empty where all is well
};

/// The Pythons that may draw, the most wanted first: $RUNOFF_PYTHON, /usr/bin/python3 and python3.
std::vector<std::string> pythons();

/// Draws the plots of a run into its folder `plots/`, with the first of `pythons` that has the packages.
/// `scripts` is the folder of plot.py.
Plots draw_plots(const std::filesystem::path& run, const std::filesystem::path& scripts);

}  // namespace runoff
