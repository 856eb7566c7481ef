#include "machine/processor_time.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <sstream>
#include <string_view>

#include "support/proc.h"

namespace runoff {
namespace {

std::int64_t tick_ns() {
  static const std::int64_t ns = 1'000'000'000 / ::sysconf(_SC_CLK_TCK);
  return ns;
}

std::optional<ProcessTime> read_process_time(const std::filesystem::path& folder) {
  const auto stat = read_stat(folder);
  if (!stat) return std::nullopt;
  ProcessTime process;
  process.name = stat->name;
  std::istringstream fields(stat->fields);
  char state = 0;
  if (!(fields >> state >> process.parent)) return std::nullopt;
  std::string skipped;
  for (int field = 5; field <= 13; ++field) fields >> skipped;
  std::int64_t user = 0, system = 0;
  if (!(fields >> user >> system)) return std::nullopt;
  process.cpu_ns = (user + system) * tick_ns();
  return process;
}

}  // namespace

std::optional<ProcessorTime> read_processor_time(std::span<const int> cpus,
                                                 const std::filesystem::path& root) {
  std::ifstream stream(root / "proc/stat");
  ProcessorTime total;
  std::size_t found = 0;
  for (std::string line; std::getline(stream, line) && line.starts_with("cpu");) {
    int cpu = -1;
    const char* end = line.data() + line.size();
    const auto [behind, error] = std::from_chars(line.data() + 3, end, cpu);
    if (error != std::errc{} || std::find(cpus.begin(), cpus.end(), cpu) == cpus.end()) continue;
    std::istringstream fields(std::string(behind, end));
    // user, which has guest in it; nice, which has guest_nice; system, idle, iowait, irq, softirq, steal
    std::array<std::int64_t, 8> ticks{};
    for (auto& one : ticks)
      if (!(fields >> one)) return std::nullopt;
    total.busy_ns += (ticks[0] + ticks[1] + ticks[2]) * tick_ns();
    total.steal_ns += ticks[7] * tick_ns();
    ++found;
  }
  return found == cpus.size() ? std::optional(total) : std::nullopt;
}

std::optional<RunningThreads> read_running(const std::filesystem::path& root) {
  constexpr std::string_view threads = "procs_running ";
  std::ifstream stream(root / "proc/stat");
  RunningThreads running;
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("cpu") && line.size() > 3 && line[3] != ' ') ++running.processors;
    if (!line.starts_with(threads)) continue;
    const auto [end, error] =
        std::from_chars(line.data() + threads.size(), line.data() + line.size(), running.threads);
    return error == std::errc{} ? std::optional(running) : std::nullopt;
  }
  return std::nullopt;
}

std::map<pid_t, ProcessTime> read_process_times(const std::filesystem::path& root) {
  std::map<pid_t, ProcessTime> all;
  for (const pid_t number : all_processes(root / "proc")) {
    auto process = read_process_time(root / "proc" / std::to_string(number));
    if (!process) continue;  // it has ended
    process->process = number;
    all[number] = std::move(*process);
  }
  return all;
}

std::vector<ProcessTime> busiest(const std::map<pid_t, ProcessTime>& before,
                                 const std::map<pid_t, ProcessTime>& after, pid_t own) {
  const auto is_own = [&](pid_t process) {
    // A chain of parents ends at process 1, whose parent 0 is none.
    for (std::size_t step = 0; step <= after.size(); ++step) {
      if (process == own) return true;
      const auto found = after.find(process);
      if (found == after.end()) return false;
      process = found->second.parent;
    }
    return false;
  };
  std::vector<ProcessTime> used;
  for (const auto& [number, now] : after) {
    const auto then = before.find(number);
    ProcessTime one = now;
    if (then != before.end()) one.cpu_ns -= then->second.cpu_ns;
    if (one.cpu_ns > 0 && !is_own(number)) used.push_back(std::move(one));
  }
  std::stable_sort(used.begin(), used.end(),
                   [](const ProcessTime& a, const ProcessTime& b) { return a.cpu_ns > b.cpu_ns; });
  return used;
}

}  // namespace runoff
