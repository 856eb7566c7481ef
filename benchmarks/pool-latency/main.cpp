#include <stdlib.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "measure.h"
#include "module.h"

namespace {

using Figures = std::map<std::string, double>;

struct Contestant {
  std::string backend;
  unsigned workers;
  std::map<std::string, std::vector<double>> figures;
};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

std::filesystem::path self() { return std::filesystem::read_symlink("/proc/self/exe"); }

std::string module_of(const std::string& backend) {
  return (self().parent_path().parent_path() / "lib/runoff/backends" / (backend + ".so")).string();
}

/// Runtimes must not meet, and some read their environment when they are loaded: every measurement is a fresh
/// process.
Figures measure_in_a_fresh_process(const std::string& backend, unsigned workers) {
  const std::string command =
      "'" + self().string() + "' --measure '" + backend + "' --with " + std::to_string(workers);
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot start " + command);
  std::string text;
  std::array<char, 4096> buffer;
  for (std::size_t n; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    text.append(buffer.data(), n);
  if (::pclose(pipe) != 0) throw std::runtime_error(backend + " could not be measured");
  return nlohmann::json::parse(text).get<Figures>();
}

/// Starts this program again with the runtime's environment, unless it has it.
void with_environment(const runoff::BackendPlugin& plugin, char** argv) {
  bool complete = true;
  for (const auto& [name, value] : plugin.environment) {
    const char* now = ::getenv(name.c_str());
    if (now != nullptr && value == now) continue;
    ::setenv(name.c_str(), value.c_str(), 1);
    complete = false;
  }
  if (!complete) ::execv(self().c_str(), argv);
}

void print(const std::vector<Contestant>& contestants) {
  std::printf("%-26s", "median of processes, us");
  for (const auto& one : contestants)
    std::printf("%16s", (one.backend + "/" + std::to_string(one.workers)).c_str());
  std::printf("\n");
  for (const auto& [name, unused] : contestants.front().figures) {
    std::printf("%-26s", name.c_str());
    for (const auto& one : contestants) std::printf("%16.3f", median(one.figures.at(name)));
    std::printf("\n");
  }
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "What a backend's parallel loop costs: empty loops one after the other and after idle time, two tasks "
      "of 50 us,\n"
      "and what the idle backend burns. Backends are measured in turn, each time in a fresh process."};
  std::vector<std::string> backends{"std-thread", "fork", "tbb", "openmp", "openmp-llvm"};
  std::vector<unsigned> workers{2, 8};
  unsigned rounds = 5;
  std::string measured;
  unsigned with = 0;
  app.add_option("--backends", backends, "backends to compare")->delimiter(',');
  app.add_option("--workers", workers, "numbers of workers")->delimiter(',');
  app.add_option("--rounds", rounds, "fresh processes for each")->check(CLI::PositiveNumber);
  app.add_option("--measure", measured)->group("");
  app.add_option("--with", with)->group("");
  CLI11_PARSE(app, argc, argv);
  try {
    if (!measured.empty()) {
      with_environment(runoff::cell::load_backend(module_of(measured)), argv);
      std::cout << nlohmann::json(measure(module_of(measured), {}, with)) << '\n';
      return 0;
    }
    std::vector<Contestant> contestants;
    for (const unsigned count : workers)
      for (const auto& backend : backends) {
        if (std::filesystem::exists(module_of(backend)))
          contestants.push_back({backend, count, {}});
        else
          std::cerr << "pool-latency: backend '" << backend << "' is not built; left out\n";
      }
    for (unsigned round = 0; round < rounds; ++round)
      for (auto& one : contestants)
        for (const auto& [name, value] : measure_in_a_fresh_process(one.backend, one.workers))
          one.figures[name].push_back(value);
    print(contestants);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "pool-latency: " << error.what() << '\n';
    return 1;
  }
}
