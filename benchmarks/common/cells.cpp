#include "common/cells.h"

#include <nlohmann/json.hpp>

#include "common/figures.h"
#include "common/output.h"

namespace benchmarks {
namespace {

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (std::size_t at; (at = text.find(what)) != text.npos;) text.replace(at, what.size(), by);
  return text;
}

}  // namespace

bool Cells::has(const std::string& backend) const {
  return std::filesystem::exists(install_.backends / (backend + ".so"));
}

std::string Cells::command(const Cell& cell) const {
  const auto module = install_.backends / (cell.backend + ".so");
  const auto description =
      nlohmann::json::parse(output_of(shell_word(install_.cell()) + " --describe " + shell_word(module)));
  const std::string workers = std::to_string(cell.workers);
  const std::string launcher = replaced(description.at("launcher"), "{workers}", workers);
  const std::string result = shell_word(folder_.path() / "result.json");

  // An outcome of an earlier cell must not stand in for one that this cell did not write.
  std::string command = "rm -f " + result + "; env TMPDIR=" + shell_word(folder_.path());
  for (const auto& [variable, value] : description.at("environment").items())
    command += " " + variable + "=" + shell_word(value.get<std::string>());
  command += " " + launcher + " " + shell_word(install_.cell()) + " --workload " +
             shell_word(install_.workloads / (cell.workload + ".so")) + " --backend " + shell_word(module) +
             " --workers " + workers + " --result " + result;
  for (const auto& parameter : cell.parameters) command += " --set " + parameter;
  for (const auto& option : cell.variant) command += " --variant " + option;
  if (cell.pinned && launcher.empty()) {
    command += " --pin --cpus 0";
    for (unsigned core = 1; core < cell.workers; ++core) command += "," + std::to_string(core);
  }
  if (cell.iterations > 0) command += " --iterations " + std::to_string(cell.iterations);
  return command + " 1>&2; cat " + result;
}

}  // namespace benchmarks
