#include "common/environment.h"

#include <stdlib.h>
#include <unistd.h>

namespace benchmarks {

std::filesystem::path self() { return std::filesystem::read_symlink("/proc/self/exe"); }

void with_environment(std::span<const runoff::EnvironmentVariable> environment, char** arguments) {
  bool complete = true;
  for (const auto& [name, value, variant] : environment) {
    if (!variant.empty()) continue;
    const char* now = ::getenv(name.c_str());
    if (now != nullptr && value == now) continue;
    ::setenv(name.c_str(), value.c_str(), 1);
    complete = false;
  }
  if (!complete) ::execv(self().c_str(), arguments);
}

}  // namespace benchmarks
