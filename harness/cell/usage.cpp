#include "cell/usage.h"

#include <dirent.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace runoff::cell {
namespace {

std::int64_t nanoseconds(const timespec& time) { return time.tv_sec * 1'000'000'000LL + time.tv_nsec; }
std::int64_t nanoseconds(const timeval& time) {
  return time.tv_sec * 1'000'000'000LL + time.tv_usec * 1'000LL;
}

std::vector<std::string> entries(const std::string& folder) {
  std::vector<std::string> names;
  DIR* directory = ::opendir(folder.c_str());
  if (directory == nullptr) return names;
  while (const dirent* entry = ::readdir(directory))
    if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
  ::closedir(directory);
  return names;
}

/// The value behind `name` in a file of "Name:   value" lines; 0 where there is none.
std::int64_t field(const std::string& file, const std::string& name) {
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);)
    if (line.starts_with(name)) return std::atoll(line.c_str() + name.size());
  return 0;
}

void collect_descendants(pid_t process, std::vector<pid_t>& found) {
  const std::string tasks = "/proc/" + std::to_string(process) + "/task/";
  for (const auto& thread : entries(tasks)) {
    std::ifstream children(tasks + thread + "/children");
    for (pid_t child; children >> child;) {
      found.push_back(child);
      collect_descendants(child, found);
    }
  }
}

std::vector<pid_t> descendants() {
  std::vector<pid_t> found;
  collect_descendants(::getpid(), found);
  return found;
}

Usage usage_of_other(pid_t process) {
  Usage usage;
  clockid_t clock;
  timespec time{};
  if (::clock_getcpuclockid(process, &clock) == 0 && ::clock_gettime(clock, &time) == 0)
    usage.cpu_ns = nanoseconds(time);
  const std::string tasks = "/proc/" + std::to_string(process) + "/task/";
  for (const auto& thread : entries(tasks)) {
    usage.voluntary_switches += field(tasks + thread + "/status", "voluntary_ctxt_switches:");
    usage.involuntary_switches += field(tasks + thread + "/status", "nonvoluntary_ctxt_switches:");
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
