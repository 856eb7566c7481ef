#include "cell/usage.h"

#include <sys/resource.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "cell/descendants.h"
#include "support/proc.h"

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

/// From the process's stat: faults, time in the kernel, and the processor time of those of its children that
/// it has reaped, and of theirs. Times are in ticks, of which the kernel tells no more of another process.
void add_stat(pid_t process, Usage& usage) {
  const auto stat = read_stat("/proc/" + std::to_string(process));
  if (!stat) return;
  long long minor = 0, major = 0, system = 0, reaped_user = 0, reaped_system = 0;
  // State, five numbers, flags, the faults ...
  if (std::sscanf(stat->fields.c_str(), " %*c %*d %*d %*d %*d %*d %*u %lld %*u %lld %*u %*u %lld %lld %lld",
                  &minor, &major, &system, &reaped_user, &reaped_system) != 5)
    return;
  const std::int64_t tick = 1'000'000'000LL / ::sysconf(_SC_CLK_TCK);
  usage.minor_faults += minor;
  usage.major_faults += major;
  usage.system_ns += system * tick;
  usage.cpu_ns += (reaped_user + reaped_system) * tick;
}

Usage usage_of_other(pid_t process) {
  Usage usage;
  add_stat(process, usage);
  usage.cpu_ns += process_cpu_ns(process);
  for (const pid_t thread : threads_of(process)) {
    const std::string status = folder_of_thread(process, thread) + "/status";
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
  for (const rusage& one : {self, reaped}) {
    usage.system_ns += nanoseconds(one.ru_stime);
    usage.voluntary_switches += one.ru_nvcsw;
    usage.involuntary_switches += one.ru_nivcsw;
    usage.minor_faults += one.ru_minflt;
    usage.major_faults += one.ru_majflt;
  }
  return usage;
}

Usage usage_of_thread() {
  rusage self{};
  ::getrusage(RUSAGE_THREAD, &self);
  Usage usage;
  usage.cpu_ns = thread_cpu_ns();
  usage.system_ns = nanoseconds(self.ru_stime);
  usage.minor_faults = self.ru_minflt;
  usage.major_faults = self.ru_majflt;
  return usage;
}

std::vector<pid_t> threads_of_tree() {
  std::vector<pid_t> processes = descendants(), threads;
  processes.push_back(::getpid());
  for (const pid_t process : processes)
    for (const pid_t thread : threads_of(process)) threads.push_back(thread);
  return threads;
}

Usage used_between(const Usage& before, const Usage& after) {
  return {.cpu_ns = after.cpu_ns - before.cpu_ns,
          .system_ns = after.system_ns - before.system_ns,
          .voluntary_switches = after.voluntary_switches - before.voluntary_switches,
          .involuntary_switches = after.involuntary_switches - before.involuntary_switches,
          .minor_faults = after.minor_faults - before.minor_faults,
          .major_faults = after.major_faults - before.major_faults};
}

bool are_children_forgotten() {
  struct sigaction action {};
  return ::sigaction(SIGCHLD, nullptr, &action) == 0 &&
         (action.sa_handler == SIG_IGN || (action.sa_flags & SA_NOCLDWAIT) != 0);
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
