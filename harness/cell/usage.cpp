#include "cell/usage.h"

#include <sys/resource.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "cell/descendants.h"

namespace runoff::cell {
namespace {

std::int64_t nanoseconds(const timespec& time) { return time.tv_sec * 1'000'000'000LL + time.tv_nsec; }
std::int64_t nanoseconds(const timeval& time) {
  return time.tv_sec * 1'000'000'000LL + time.tv_usec * 1'000LL;
}

/// The value behind `name` in a file of "Name:   value" lines; 0 where there is none.
std::int64_t field(const std::string& file, const std::string& name) {
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);)
    if (line.starts_with(name)) return std::atoll(line.c_str() + name.size());
  return 0;
}

/// Processor time of those of its children that a process has reaped, and of theirs: fields 16 and 17 of its
/// stat. They are in ticks, of which the kernel tells no more of another process.
std::int64_t cpu_ns_of_reaped(pid_t process) {
  std::ifstream stream("/proc/" + std::to_string(process) + "/stat");
  std::string text;
  std::getline(stream, text);
  // The name of the program, in brackets, may hold anything.
  const std::size_t end = text.rfind(')');
  if (end == text.npos) return 0;
  std::istringstream fields(text.substr(end + 1));
  std::string passed_over;
  for (int field = 3; field < 16; ++field) fields >> passed_over;
  std::int64_t user = 0, system = 0;
  fields >> user >> system;
  return (user + system) * (1'000'000'000 / ::sysconf(_SC_CLK_TCK));
}

Usage usage_of_other(pid_t process) {
  Usage usage;
  clockid_t clock;
  timespec time{};
  if (::clock_getcpuclockid(process, &clock) == 0 && ::clock_gettime(clock, &time) == 0)
    usage.cpu_ns = nanoseconds(time);
  usage.cpu_ns += cpu_ns_of_reaped(process);
  for (const pid_t thread : threads_of(process)) {
    const std::string status =
        "/proc/" + std::to_string(process) + "/task/" + std::to_string(thread) + "/status";
    usage.voluntary_switches += field(status, "voluntary_ctxt_switches:");
    usage.involuntary_switches += field(status, "nonvoluntary_ctxt_switches:");
  }
  return usage;
}

}  // namespace

Usage usage_of_tree() {
  Usage usage;
  // The others come first. One of them that is reaped meanwhile is then counted once or not at all, and never
  // twice.
  for (const pid_t process : descendants()) usage += usage_of_other(process);
  rusage self{}, reaped{};
  ::getrusage(RUSAGE_SELF, &self);
  ::getrusage(RUSAGE_CHILDREN, &reaped);
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  usage.cpu_ns += nanoseconds(time) + nanoseconds(reaped.ru_utime) + nanoseconds(reaped.ru_stime);
  usage.voluntary_switches += self.ru_nvcsw + reaped.ru_nvcsw;
  usage.involuntary_switches += self.ru_nivcsw + reaped.ru_nivcsw;
  return usage;
}

std::int64_t memory_of_tree() {
  std::int64_t kibibytes = field("/proc/self/smaps_rollup", "Pss:");
  for (const pid_t process : descendants())
    kibibytes += field("/proc/" + std::to_string(process) + "/smaps_rollup", "Pss:");
  return kibibytes * 1024;
}

std::int64_t thread_cpu_ns() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return nanoseconds(time);
}

}  // namespace runoff::cell
