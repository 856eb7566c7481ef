#include "cell/host_facts.h"

#include <sched.h>
#include <sys/utsname.h>

#include <fstream>
#include <string>

namespace runoff::cell {
namespace {

/// Empty where the kernel does not say.
std::string processor_model() {
  std::ifstream stream("/proc/cpuinfo");
  for (std::string line; std::getline(stream, line);) {
    const std::size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != line.npos) return line.substr(colon + 2);
  }
  return {};
}

}  // namespace

nlohmann::ordered_json host_facts() {
  utsname system{};
  ::uname(&system);
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  ::sched_getaffinity(0, sizeof(allowed), &allowed);
  return {{"host", system.nodename},
          {"processor", processor_model()},
          {"cores", CPU_COUNT(&allowed)},
          {"kernel", system.release}};
}

}  // namespace runoff::cell
