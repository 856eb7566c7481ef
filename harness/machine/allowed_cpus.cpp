#include "machine/allowed_cpus.h"

#include <sched.h>

#include <cerrno>
#include <memory>
#include <string>
#include <system_error>

#include "support/errors.h"

namespace runoff {
namespace {

using CpuSet = std::unique_ptr<cpu_set_t, void (*)(cpu_set_t*)>;

CpuSet new_set(int size) {
  return {CPU_ALLOC(size), [](cpu_set_t* set) { CPU_FREE(set); }};
}

}  // namespace

std::vector<int> allowed_cpus() {
  for (int size = 1024; size <= 1 << 20; size *= 2) {
    const CpuSet set = new_set(size);
    const std::size_t bytes = CPU_ALLOC_SIZE(size);
    if (::sched_getaffinity(0, bytes, set.get()) != 0) {
      if (errno == EINVAL) continue;  // more processors than that
      break;
    }
    std::vector<int> cpus;
    for (int cpu = 0; cpu < size; ++cpu)
      if (CPU_ISSET_S(cpu, bytes, set.get())) cpus.push_back(cpu);
    return cpus;
  }
  throw MachineError("cannot read which cores are allowed: " + std::generic_category().message(errno));
}

void require_choice_of_cpus() {
  const std::vector<int> cpus = allowed_cpus();
  const int size = cpus.back() + 1;
  const CpuSet set = new_set(size);
  const std::size_t bytes = CPU_ALLOC_SIZE(size);
  CPU_ZERO_S(bytes, set.get());
  for (const int cpu : cpus) CPU_SET_S(cpu, bytes, set.get());
  if (::sched_setaffinity(0, bytes, set.get()) != 0)
    throw MachineError(
        "workers cannot be placed here (sched_setaffinity: " + std::generic_category().message(errno) +
        "); '--placement free' leaves them to the system");
}

}  // namespace runoff
