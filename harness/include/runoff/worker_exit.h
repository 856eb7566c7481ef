#pragma once

#include <sys/wait.h>

#include <csignal>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <string>

namespace runoff {

/// Processes that the kernel has killed since boot because memory ran out: `oom_kill` in /proc/vmstat, which
/// counts those of memory cgroups too. 0 where the kernel does not say.
inline std::uint64_t out_of_memory_kills() {
  std::ifstream file("/proc/vmstat");
  std::string name;
  std::uint64_t value = 0;
  while (file >> name >> value)
    if (name == "oom_kill") return value;
  return 0;
}

/// How a process ended, from the status that waitpid gave: "exited with code 3", "was killed by SIGKILL".
/// `kills` is by how much `out_of_memory_kills` has risen since it was started: it tells the kernel's SIGKILL
/// from that of a person.
inline std::string describe_exit(int status, std::uint64_t kills) {
  if (WIFEXITED(status)) return "exited with code " + std::to_string(WEXITSTATUS(status));
  if (!WIFSIGNALED(status)) return "ended with wait status " + std::to_string(status);
  const int signal = WTERMSIG(status);
  const char* name = ::sigabbrev_np(signal);
  std::string text =
      "was killed by " + (name ? "SIG" + std::string(name) : "signal " + std::to_string(signal));
  if (signal == SIGKILL && kills > 0) text += " because memory ran out";
  return text;
}

}  // namespace runoff
