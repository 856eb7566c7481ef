#pragma once

#include <cstdint>
#include <fstream>
#include <string>

#include "child.h"

/// Processes that the kernel has killed for want of memory since it started; 0 where it does not say.
inline std::uint64_t oom_kills() {
  std::ifstream file("/proc/vmstat");
  std::string name;
  std::uint64_t count = 0;
  while (file >> name >> count)
    if (name == "oom_kill") return count;
  return 0;
}

/// What to say of a child that has come to this end.
inline std::string describe_loss(const Child& child, const std::string& end, std::uint64_t oom_kills_before) {
  std::string why = "worker process " + std::to_string(child.id()) + " " + end;
  if (end.find("SIGKILL") != end.npos && oom_kills() > oom_kills_before)
    why += ": the machine (or its memory limit) is out of memory";
  return why;
}
