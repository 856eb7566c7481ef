#include "cells.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace {

namespace fs = std::filesystem;

std::string quoted(const fs::path& path) { return "'" + path.string() + "'"; }

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (std::size_t at; (at = text.find(what)) != text.npos;) text.replace(at, what.size(), by);
  return text;
}

nlohmann::json describe(const fs::path& cell, const fs::path& module) {
  std::FILE* pipe = ::popen((quoted(cell) + " --describe " + quoted(module)).c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot start " + cell.string());
  std::string text;
  std::array<char, 4096> buffer;
  for (std::size_t n; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    text.append(buffer.data(), n);
  if (::pclose(pipe) != 0) throw std::runtime_error(module.string() + " cannot be described");
  return nlohmann::json::parse(text);
}

}  // namespace

Contestant backend(const fs::path& prefix, const GraphForm& form, const std::string& name,
                   const std::string& variant, double target_ns) {
  const fs::path cell = prefix / "bin/runoff-cell";
  const fs::path module = prefix / "lib/runoff/backends" / (name + ".so");
  const auto description = describe(cell, module);
  std::string command = "env";
  for (const auto& [variable, value] : description.at("environment").items())
    command += " " + variable + "='" + value.get<std::string>() + "'";
  const std::string workers = std::to_string(form.workers);
  const std::string launcher = description.at("launcher");
  if (!launcher.empty()) command += " " + replaced(launcher, "{workers}", workers);
  command += " " + quoted(cell) + " --workload " + quoted(prefix / "lib/runoff/workloads/graph.so") +
             " --set grain={grain} --set width=" + std::to_string(form.width) +
             " --set steps=" + std::to_string(form.steps) + " --backend " + quoted(module) + " --workers " +
             workers + " --result {result}";
  if (!variant.empty()) command += " --variant " + variant;
  if (launcher.empty()) {
    std::string cores = "0";
    for (unsigned core = 1; core < form.workers; ++core) cores += "," + std::to_string(core);
    command += " --pin --cpus " + cores;
  }
  return {name + (variant.empty() ? "" : " " + variant), target_ns, command};
}

Contestant by_hand(const GraphForm& form, const std::string& runtime) {
  const fs::path program = fs::path(BY_HAND_FOLDER) / ("metg-by-hand-" + runtime);
  return {runtime + " by hand", 0,
          quoted(program) + " " + std::to_string(form.width) + " " + std::to_string(form.steps) +
              " {grain} " + std::to_string(form.workers) + " > {result}"};
}

double measure(const Contestant& contestant, unsigned grain, const fs::path& result) {
  fs::remove(result);
  const std::string command =
      replaced(replaced(contestant.command, "{grain}", std::to_string(grain)), "{result}", quoted(result));
  const bool well = std::system(command.c_str()) == 0;
  std::ifstream file(result);
  const auto outcome = nlohmann::json::parse(file, nullptr, false);
  if (!well || outcome.is_discarded() || outcome.value("status", "ok") != "ok")
    throw std::runtime_error(contestant.name + " failed: " + outcome.dump());
  return outcome.at("wall_ns").get<double>();
}
