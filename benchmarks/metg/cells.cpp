#include "cells.h"

#include "common/figures.h"

Contestant backend(const benchmarks::Cells& cells, const GraphForm& form, const std::string& name,
                   const std::string& variant, double target_ns) {
  benchmarks::Cell cell{.workload = "graph",
                        .parameters = {"grain={grain}", "width=" + std::to_string(form.width),
                                       "steps=" + std::to_string(form.steps)},
                        .backend = name,
                        .workers = form.workers,
                        .pinned = true};
  if (!variant.empty()) cell.variant.push_back(variant);
  return {name + (variant.empty() ? "" : " " + variant), target_ns, cells.command(cell)};
}

Contestant by_hand(const GraphForm& form, const std::string& runtime) {
  const auto program = std::filesystem::path(BY_HAND_FOLDER) / ("metg-by-hand-" + runtime);
  return {runtime + " by hand", 0,
          benchmarks::shell_word(program) + " " + std::to_string(form.width) + " " +
              std::to_string(form.steps) + " {grain} " + std::to_string(form.workers)};
}

double measure(const Contestant& contestant, unsigned grain) {
  std::string command = contestant.command;
  const std::string place = "{grain}";
  command.replace(command.find(place), place.size(), std::to_string(grain));
  return benchmarks::figures_of(command).at("wall_ns");
}
