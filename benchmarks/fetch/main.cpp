// What fetching costs beside waiting: many requests at a concurrency of 1000, and 26 letters at once, each
// beside its ideal, the time that waiting alone would take. Cells are measured in turn, each time in a fresh
// process, against an endpoint of their own.
//
//   build/release/bin/fetch-speed [--rounds 5]

#include <fmt/format.h>
#include <stdlib.h>

#include <map>
#include <string>
#include <vector>

#include "common/cells.h"
#include "common/figures.h"
#include "common/options.h"
#include "run/endpoint_server.h"
#include "statistics/median.h"

namespace {

using Strings = std::vector<std::string>;

struct Subject {
  std::string name;
  benchmarks::Cell cell;
  double ideal_ms;
  double most_times_ideal;  // the target; 0: none
  double most_cpu_s;
  std::map<std::string, std::vector<double>> figures;
};

constexpr double requests = 10'000, latency_ms = 50, letters_latency_ms = 100;

Subject many(std::string name, std::string client, std::string backend, Strings variant, unsigned workers,
             double concurrency, double times_ideal = 0, double cpu_s = 0) {
  return {std::move(name),
          {.workload = "fetch-many",
           .parameters = {"client=" + client},
           .backend = std::move(backend),
           .variant = std::move(variant),
           .workers = workers,
           .iterations = 2},
          requests / concurrency * latency_ms,
          times_ideal,
          cpu_s,
          {}};
}

Subject letters(std::string name, std::string backend, unsigned workers, double times_ideal = 0) {
  return {std::move(name),
          {.workload = "fetch-letters",
           .parameters = {},
           .backend = std::move(backend),
           .workers = workers,
           .iterations = 2},
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
void measure(Subject& subject, const benchmarks::Cells& cells) {
  const auto found = benchmarks::figures_of(cells.command(subject.cell));
  const auto enter = [&](const char* name, const char* field, double scale) {
    subject.figures[name].push_back(found.at(field) / scale);
  };
  enter("wall", "wall_ns", 1e6);
  enter("cold", "cold_ns", 1e6);
  enter("cpu", "cpu_ns", 1e9);
  enter("p99", "latency_p99_ns", 1e6);
}

void print(const std::vector<Subject>& all, unsigned rounds) {
  fmt::print("{:<28} {:>8} {:>8} {:>8} {:>8} {:>7} {:>8} {:>8}   medians of {} rounds\n", "", "ideal ms",
             "wall ms", "x ideal", "cold ms", "CPU s", "p99 ms", "target", rounds);
  for (const Subject& one : all) {
    const auto figure = [&](const char* name) { return runoff::median(one.figures.at(name)); };
    std::string target = one.most_times_ideal > 0 ? fmt::format("{:.2f} x", one.most_times_ideal) : "";
    if (one.most_cpu_s > 0) target += fmt::format(", {:.1f} s CPU", one.most_cpu_s);
    fmt::print("{:<28} {:>8.0f} {:>8.1f} {:>8.2f} {:>8.1f} {:>7.3f} {:>8.1f}   {}\n", one.name, one.ideal_ms,
               figure("wall"), figure("wall") / one.ideal_ms, figure("cold"), figure("cpu"), figure("p99"),
               target);
  }
}

void run(unsigned rounds) {
  const benchmarks::Cells cells;
  const runoff::EndpointServer server(runoff::find_install().endpoint());
  ::setenv("RUNOFF_ENDPOINT", server.url().c_str(), 1);
  ::setenv("RUNOFF_ENDPOINT_BUILT_IN", "1", 1);
  auto all = subjects();
  for (unsigned round = 0; round < rounds; ++round)
    for (Subject& subject : all) measure(subject, cells);
  print(all, rounds);
}

}  // namespace

int main(int count, char** arguments) {
  unsigned rounds = 5;
  benchmarks::Options options("fetch-speed", "What fetching costs beside waiting");
  options.add("--rounds", rounds, "Each cell once in each");
  return options.run(count, arguments, [&] { run(rounds); });
}
