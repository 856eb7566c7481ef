#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

double quantile(std::vector<double> values, double p) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(p * static_cast<double>(values.size() - 1) + 0.5)];
}

nlohmann::json output_of(const std::string& command) {
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot start " + command);
  std::string text;
  std::array<char, 4096> buffer;
  for (std::size_t n; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    text.append(buffer.data(), n);
  const bool well = ::pclose(pipe) == 0;
  auto json = nlohmann::json::parse(text, nullptr, false);
  if (!well || json.is_discarded() || json.value("status", "ok") != "ok")
    throw std::runtime_error(command + " failed: " + text);
  return json;
}

struct Form {
  std::string kernel;
  std::string doubles, workers, iterations, cores;
};

std::string by_hand(const Form& form) {
  return "OMP_PROC_BIND=true OMP_PLACES=cores '" BY_HAND "' " + form.kernel + " " + form.doubles + " " +
         form.workers + " " + form.iterations;
}

/// A cell as `runoff run` would start it.
std::string cell(const fs::path& prefix, const std::string& backend, const Form& form) {
  const std::string program = "'" + (prefix / "bin/runoff-cell").string() + "'";
  const std::string module = "'" + (prefix / "lib/runoff/backends" / (backend + ".so")).string() + "'";
  const std::string result =
      "'" +
      (fs::temp_directory_path() / ("runoff-bandwidth-" + std::to_string(::getpid()) + ".json")).string() +
      "'";
  std::string command = "env";
  for (const auto& [variable, value] : output_of(program + " --describe " + module).at("environment").items())
    command += " " + variable + "='" + value.get<std::string>() + "'";
  return command + " " + program + " --workload '" + (prefix / "lib/runoff/workloads/stream.so").string() +
         "' --set kernel=" + form.kernel + " --set n=" + form.doubles + " --backend " + module +
         " --workers " + form.workers + " --pin --cpus " + form.cores + " --iterations " + form.iterations +
         " --result " + result + " 1>&2 && cat " + result + " && rm " + result;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "The time of stream's kernels in each backend, divided by the time of an OpenMP loop written by hand\n"
      "(static schedule, first touch) in the same round. A fresh process each time, in turn; the table "
      "gives\n"
      "the median over rounds and their quartiles. Target: at most 1.03."};
  std::vector<std::string> backends{"std-thread",  "asio-pool", "tbb",  "openmp",
                                    "openmp-llvm", "stdpar",    "fork", "boost-process"};
  std::vector<std::string> kernels{"triad", "dot"};
  unsigned rounds = 7, workers = 2, iterations = 10;
  std::uint64_t doubles = std::uint64_t{1} << 25;
  app.add_option("--backends", backends, "backends that share memory")->delimiter(',');
  app.add_option("--kernels", kernels, "triad, dot")->delimiter(',')->check(CLI::IsMember({"triad", "dot"}));
  app.add_option("--doubles", doubles, "in each array")->check(CLI::PositiveNumber);
  app.add_option("--workers", workers, "workers, on as many cores from the first")
      ->check(CLI::PositiveNumber);
  app.add_option("--rounds", rounds, "fresh processes for each")->check(CLI::PositiveNumber);
  app.add_option("--iterations", iterations, "executions in a process")->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  try {
    const fs::path prefix = fs::read_symlink("/proc/self/exe").parent_path().parent_path();
    std::erase_if(backends, [&](const std::string& backend) {
      const bool absent = !fs::exists(prefix / "lib/runoff/backends" / (backend + ".so"));
      if (absent) std::cerr << "bandwidth: '" << backend << "' is not built; left out\n";
      return absent;
    });
    std::string cores = "0";
    for (unsigned core = 1; core < workers; ++core) cores += "," + std::to_string(core);
    std::printf("%-8s %-14s %8s %22s %8s\n", "kernel", "backend", "ratio", "quartiles", "GB/s");
    for (const std::string& kernel : kernels) {
      const Form form{kernel, std::to_string(doubles), std::to_string(workers), std::to_string(iterations),
                      cores};
      std::vector<std::vector<double>> ratios(backends.size()), times(backends.size());
      std::vector<double> hand;
      for (unsigned round = 0; round < rounds; ++round) {
        std::vector<double> now;
        // By hand in the middle of each round: a machine that slows down favours neither side.
        for (std::size_t i = 0; i <= backends.size(); ++i) {
          if (i == backends.size() / 2) hand.push_back(output_of(by_hand(form)).at("wall_ns"));
          if (i < backends.size()) now.push_back(output_of(cell(prefix, backends[i], form)).at("wall_ns"));
        }
        for (std::size_t i = 0; i < backends.size(); ++i) {
          times[i].push_back(now[i]);
          ratios[i].push_back(now[i] / hand.back());
        }
      }
      const double bytes = static_cast<double>(doubles) * 8 * (kernel == "dot" ? 2 : 3);
      for (std::size_t i = 0; i < backends.size(); ++i)
        std::printf("%-8s %-14s %8.3f      %6.3f .. %6.3f %10.2f\n", kernel.c_str(), backends[i].c_str(),
                    quantile(ratios[i], 0.5), quantile(ratios[i], 0.25), quantile(ratios[i], 0.75),
                    bytes / quantile(times[i], 0.5));
      std::printf("%-8s %-14s %8.3f %33.2f\n", kernel.c_str(), "by hand", 1.0, bytes / quantile(hand, 0.5));
      std::fflush(stdout);
    }
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "bandwidth: " << error.what() << '\n';
    return 1;
  }
}
