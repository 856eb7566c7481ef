#include "report/repeat_command.h"

#include <algorithm>
#include <array>

#include "support/shell.h"
#include "support/text.h"

namespace runoff {
namespace {

/// Options that say how cells are measured, and not which.
constexpr std::array<std::string_view, 6> lasting{"--plugin", "--launcher", "--mpi-launcher",
                                                  "--hosts",  "--endpoint", "--python"};

std::string lasting_options(const std::vector<std::string>& command_line) {
  std::string text;
  for (std::size_t i = 0; i < command_line.size(); ++i) {
    const std::string& word = command_line[i];
    const bool has_value = word.find('=') != word.npos;
    if (std::find(lasting.begin(), lasting.end(), word.substr(0, word.find('='))) == lasting.end()) continue;
    text += " " + shell_quoted(word);
    if (!has_value && i + 1 < command_line.size()) text += " " + shell_quoted(command_line[++i]);
  }
  return text;
}

/// "tbb:partitioner=simple": as --backends takes it.
std::string selection(const Cell& cell) {
  std::string text = cell.backend;
  for (const auto& [option, value] : parse_pairs(cell.variant)) text += ":" + option + "=" + value;
  return text;
}

}  // namespace

std::string repeat_command(const Cell& cell, const RunSetup& setup) {
  std::string text = shell_quoted(setup.command_line.empty() ? "runoff" : setup.command_line.front());
  text += " run --workloads " + shell_quoted(cell.problem.workload);
  for (const auto& [name, value] : parse_pairs(cell.problem.parameters))
    text += " --set " + shell_quoted(cell.problem.workload + "." + name + "=" + value);
  text += " --backends " + shell_quoted(selection(cell)) + " --workers " + std::to_string(cell.workers) +
          " --samples " + std::to_string(cell.samples.size());
  if (!setup.placement.empty() && setup.placement != "pinned")
    text += " --placement " + shell_quoted(setup.placement);
  if (setup.pages == "small pages") text += " --small-pages";
  if (!setup.timeout.empty() && setup.timeout != "30s") text += " --timeout " + shell_quoted(setup.timeout);
  return text + lasting_options(setup.command_line);
}

}  // namespace runoff
