#include <stdlib.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "measure.h"
#include "module.h"

namespace {

double quantile(std::vector<double> values, double p) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(p * static_cast<double>(values.size() - 1) + 0.5)];
}

std::filesystem::path self() { return std::filesystem::read_symlink("/proc/self/exe"); }
std::string modules() { return (self().parent_path().parent_path() / "lib/runoff").string(); }

/// Starts this program again with the runtime's environment, which it reads when it is loaded.
void with_environment(const std::string& runtime, char** argv) {
  bool complete = true;
  for (const auto& [name, value] :
       runoff::cell::load_backend(modules() + "/backends/" + runtime + ".so").environment) {
    const char* now = ::getenv(name.c_str());
    if (now != nullptr && value == now) continue;
    ::setenv(name.c_str(), value.c_str(), 1);
    complete = false;
  }
  if (!complete) ::execv(self().c_str(), argv);
}

struct Times {
  std::vector<double> ratios;     // medians of a process
  std::vector<double> interface;  // the same, in ms
};

/// Runtimes must not meet: each is measured in a process of its own.
void measure_in_a_fresh_process(const std::string& runtime, const std::string& kernel, unsigned workers,
                                unsigned times, Times& all) {
  const std::string command = "'" + self().string() + "' --measure '" + runtime + "' --kernel '" + kernel +
                              "' --workers " + std::to_string(workers) + " --times " + std::to_string(times);
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot start " + command);
  std::string text;
  std::array<char, 4096> buffer;
  for (std::size_t n; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    text.append(buffer.data(), n);
  if (::pclose(pipe) != 0) throw std::runtime_error(runtime + " could not be measured");
  const auto figures = nlohmann::json::parse(text);
  all.ratios.push_back(figures.at("ratio"));
  all.interface.push_back(figures.at("interface_ms"));
}

void print_figures(const std::vector<Pair>& pairs) {
  std::vector<double> interface, by_hand;
  for (const auto& pair : pairs) {
    interface.push_back(pair.interface);
    by_hand.push_back(pair.by_hand);
  }
  const double through = quantile(interface, 0.5);
  std::cout << nlohmann::json{{"ratio", through / quantile(by_hand, 0.5)}, {"interface_ms", through / 1e6}}
            << '\n';
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "What runoff's interface costs: the time of a kernel through workload and backend, divided by its time "
      "in a\n"
      "program written by hand for the same runtime. Both run in turn in the same process, one runtime in "
      "each; the\n"
      "table gives the median over processes, and their quartiles. Target: at most 1.02."};
  std::vector<std::string> runtimes{"std-thread", "tbb", "openmp", "openmp-llvm"};
  std::vector<std::string> kernels{"primes", "triad"};
  unsigned rounds = 7, times = 21, workers = 2;
  std::string measured, kernel;
  app.add_option("--runtimes", runtimes, "runtimes")->delimiter(',');
  app.add_option("--kernels", kernels, "primes, triad")
      ->delimiter(',')
      ->check(CLI::IsMember({"primes", "triad"}));
  app.add_option("--workers", workers, "workers")->check(CLI::PositiveNumber);
  app.add_option("--rounds", rounds, "fresh processes for each")->check(CLI::PositiveNumber);
  app.add_option("--times", times, "executions each way in a process")->check(CLI::PositiveNumber);
  app.add_option("--measure", measured)->group("");
  app.add_option("--kernel", kernel)->group("");
  CLI11_PARSE(app, argc, argv);
  try {
    if (!measured.empty()) {
      with_environment(measured, argv);
      print_figures(measure(modules(), measured, kernel, workers, times));
      return 0;
    }
    std::erase_if(runtimes, [](const std::string& runtime) {
      const bool absent = !std::filesystem::exists(modules() + "/by-hand/" + runtime + ".so");
      if (absent) std::cerr << "interface-cost: '" << runtime << "' is not built; left out\n";
      return absent;
    });
    std::vector<Times> all(runtimes.size() * kernels.size());
    for (unsigned round = 0; round < rounds; ++round)
      for (std::size_t i = 0; i < all.size(); ++i)
        measure_in_a_fresh_process(runtimes[i / kernels.size()], kernels[i % kernels.size()], workers, times,
                                   all[i]);
    std::printf("%-14s %-8s %10s %22s %14s\n", "runtime", "kernel", "ratio", "quartiles", "ms");
    for (std::size_t i = 0; i < all.size(); ++i)
      std::printf("%-14s %-8s %10.4f      %.4f .. %.4f %14.3f\n", runtimes[i / kernels.size()].c_str(),
                  kernels[i % kernels.size()].c_str(), quantile(all[i].ratios, 0.5),
                  quantile(all[i].ratios, 0.25), quantile(all[i].ratios, 0.75),
                  quantile(all[i].interface, 0.5));
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "interface-cost: " << error.what() << '\n';
    return 1;
  }
}
