// How many answers the endpoint gives where waiting is all that there is to it: keep-alive connections, each
// with one request at a time. Beside nginx where that is installed, in turn with it.
//
//   build/release/bin/endpoint-load [--rounds 3] [--time 3s] [--connections 1000] [--latency 50ms] [--size
//   1KiB]

#include <fmt/format.h>
#include <sys/resource.h>

#include <thread>
#include <vector>

#include "common/options.h"
#include "load.h"
#include "runoff/unit.h"
#include "subjects.h"

namespace {

struct Options {
  unsigned rounds = 3;
  std::string time = "3s";
  unsigned connections = 1000;
  std::string latency = "50ms";
  std::string size = "1KiB";
};

/// Connects as soon as the server listens.
Clients connect(const Subject& subject, std::size_t connections) {
  for (int attempt = 0;; ++attempt) {
    try {
      return Clients(subject.port(), subject.target(), connections);
    } catch (const std::runtime_error&) {
      if (attempt == 100) throw;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
}

void measure(const Subject& subject, const Options& options, std::chrono::nanoseconds time, double ideal) {
  Clients clients = connect(subject, options.connections);
  clients.run(time / 4);  // until all connections are in their stride
  const auto processes = subject.processes();
  const Usage before = usage_of(processes);
  const auto begin = std::chrono::steady_clock::now();
  const std::uint64_t answers = clients.run(time);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  const Usage after = usage_of(processes);
  const double rate = static_cast<double>(answers) / seconds;
  fmt::print("{:<20} {:>10.0f} {:>9.1f} % {:>12.2f} {:>14.2f} {:>9.1f} {:>9.1f}\n", subject.name(), rate,
             100 * rate / ideal, after.cpu_seconds - before.cpu_seconds,
             1e6 * (after.cpu_seconds - before.cpu_seconds) / static_cast<double>(answers), after.rss_mib,
             after.pss_mib);
}

void run(const Options& options) {
  const auto time = runoff::parse_duration(options.time);
  const auto latency = runoff::parse_duration(options.latency);
  const auto size = runoff::parse_bytes(options.size);
  if (!time || *time <= 0 || !latency || *latency <= 0 || !size || *size > 64 << 10)
    throw std::runtime_error("--time and --latency take a time such as 50ms, --size takes up to 64KiB");
  const double ideal = static_cast<double>(options.connections) / (static_cast<double>(*latency) / 1e9);
  fmt::print("{} connections, {} of latency, {} an answer: the ideal is {:.0f} answers/s\n",
             options.connections, options.latency, options.size, ideal);
  fmt::print("{:<20} {:>10} {:>11} {:>12} {:>14} {:>9} {:>9}\n", "server", "answers/s", "of ideal",
             "its CPU s", "CPU µs/answer", "RSS MiB", "PSS MiB");
  const Task task{options.latency, static_cast<std::size_t>(*size)};
  std::vector starts{start_endpoint};
  if (is_nginx_there()) starts.push_back(start_nginx);
  for (unsigned round = 0; round < options.rounds; ++round)
    for (const auto start : starts) measure(*start(task), options, std::chrono::nanoseconds(*time), ideal);
  if (starts.size() == 1)
    fmt::print("nginx is left out: it takes the packages nginx and libnginx-mod-http-echo\n");
}

}  // namespace

int main(int count, char** arguments) {
  Options options;
  benchmarks::Options line("endpoint-load", "What the endpoint can do, beside nginx");
  line.add("--rounds", options.rounds, "Each server once in each");
  line.add("--time", options.time, "That is counted");
  line.add("--connections", options.connections, "At a time");
  line.add("--latency", options.latency, "Before each answer");
  line.add("--size", options.size, "Of an answer");
  return line.run(count, arguments, [&] {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    run(options);
  });
}
