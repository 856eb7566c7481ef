// What fetching costs beside waiting: many requests at a concurrency of 1000, and 26 letters at once, each
// beside its ideal, the time that waiting alone would take. Cells are measured in turn, each time in a fresh
// process, against an endpoint of their own.
//
//   build/release/bin/fetch-speed [--rounds 5]

#include <fmt/format.h>
#include <stdlib.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "launch/capture.h"
#include "launch/endpoint_server.h"
#include "launch/temporary_folder.h"
#include "support/install.h"

namespace {

namespace fs = std::filesystem;
using Strings = std::vector<std::string>;

struct Subject {
  std::string name;
  std::string workload;
  Strings parameters;
  std::string backend;
  Strings variant;
  unsigned workers;
  double ideal_ms;
  double most_times_ideal;  // the target; 0: none
  double most_cpu_s;
  std::map<std::string, std::vector<double>> figures;
};

constexpr double requests = 10'000, latency_ms = 50, letters_latency_ms = 100;

Subject many(std::string name, std::string client, std::string backend, Strings variant, unsigned workers,
             double concurrency, double times_ideal = 0, double cpu_s = 0) {
  return {std::move(name),
          "fetch-many",
          {"client=" + client},
          std::move(backend),
          std::move(variant),
          workers,
          requests / concurrency * latency_ms,
          times_ideal,
          cpu_s,
          {}};
}

Subject letters(std::string name, std::string backend, unsigned workers, double times_ideal = 0) {
  return {std::move(name),
          "fetch-letters",
          {},
          std::move(backend),
          {},
          workers,
          letters_latency_ms,
          times_ideal,
          0,
          {}};
}

std::vector<Subject> subjects() {
  return {many("event loop, 1000 in flight", "socket", "event-loop", {"in-flight=1000"}, 1, 1000, 1.15, 0.2),
          many("the same with libcurl", "curl", "event-loop", {"in-flight=1000"}, 1, 1000),
          many("1000 threads", "socket", "std-thread", {}, 1000, 1000, 1.6),
          many("the same with libcurl", "curl", "std-thread", {}, 1000, 1000),
          many("200 processes", "socket", "fork", {}, 200, 200),
          many("200 processes of 5 threads", "socket", "fork", {"threads=5"}, 1000, 1000),
          letters("26 letters, event loop", "event-loop", 1, 1.1),
          letters("26 letters, 26 threads", "std-thread", 26, 1.1),
          letters("26 letters, 26 processes", "fork", 26)};
}

/// Runs one cell and enters what it found.
void measure(Subject& subject, const runoff::Install& install) {
  const runoff::TemporaryFolder folder;
  const fs::path result = folder.path() / "result.json";
  Strings command{"/usr/bin/env",
                  "TMPDIR=" + folder.path().string(),
                  install.cell(),
                  "--workload",
                  install.workloads / (subject.workload + ".so"),
                  "--backend",
                  install.backends / (subject.backend + ".so"),
                  "--workers",
                  std::to_string(subject.workers),
                  "--iterations",
                  "2",
                  "--result",
                  result};
  for (const auto& one : subject.parameters) command.insert(command.end(), {"--set", one});
  for (const auto& one : subject.variant) command.insert(command.end(), {"--variant", one});
  const auto captured = runoff::capture_all({command}, std::chrono::minutes(2)).front();
  std::ifstream stream(result);
  if (!stream) throw std::runtime_error(subject.name + ": " + captured.error);
  const auto outcome = nlohmann::json::parse(stream);
  if (outcome.at("status") != "ok")
    throw std::runtime_error(subject.name + ": " + outcome.at("detail").get<std::string>());
  const auto enter = [&](const char* name, const char* field, double scale) {
    subject.figures[name].push_back(outcome.at(field).get<double>() / scale);
  };
  enter("wall", "wall_ns", 1e6);
  enter("cold", "cold_ns", 1e6);
  enter("cpu", "cpu_ns", 1e9);
  enter("p99", "latency_p99_ns", 1e6);
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void print(const std::vector<Subject>& all, unsigned rounds) {
  fmt::print("{:<28} {:>8} {:>8} {:>8} {:>8} {:>7} {:>8} {:>8}   medians of {} rounds\n", "", "ideal ms",
             "wall ms", "x ideal", "cold ms", "CPU s", "p99 ms", "target", rounds);
  for (const Subject& one : all) {
    const auto figure = [&](const char* name) { return median(one.figures.at(name)); };
    std::string target = one.most_times_ideal > 0 ? fmt::format("{:.2f} x", one.most_times_ideal) : "";
    if (one.most_cpu_s > 0) target += fmt::format(", {:.1f} s CPU", one.most_cpu_s);
    fmt::print("{:<28} {:>8.0f} {:>8.1f} {:>8.2f} {:>8.1f} {:>7.3f} {:>8.1f}   {}\n", one.name, one.ideal_ms,
               figure("wall"), figure("wall") / one.ideal_ms, figure("cold"), figure("cpu"), figure("p99"),
               target);
  }
}

void run(unsigned rounds) {
  const runoff::Install install = runoff::find_install();
  const runoff::EndpointServer server(install.endpoint());
  ::setenv("RUNOFF_ENDPOINT", server.url().c_str(), 1);
  ::setenv("RUNOFF_ENDPOINT_BUILT_IN", "1", 1);
  auto all = subjects();
  for (unsigned round = 0; round < rounds; ++round)
    for (Subject& subject : all) measure(subject, install);
  print(all, rounds);
}

}  // namespace

int main(int count, char** arguments) {
  unsigned rounds = 5;
  CLI::App app{"What fetching costs beside waiting", "fetch-speed"};
  app.add_option("--rounds", rounds, "Each cell once in each")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  CLI11_PARSE(app, count, arguments);
  try {
    run(rounds);
  } catch (const std::exception& error) {
    fmt::print(stderr, "fetch-speed: {}\n", error.what());
    return 1;
  }
}
