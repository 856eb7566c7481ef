#include "machine/machine.h"

#include <sched.h>
#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <limits>
#include <memory>
#include <string>
#include <system_error>

#include "machine/cgroup.h"
#include "support/errors.h"

namespace runoff {
namespace {

std::vector<int> allowed_cpus() {
  for (int size = 1024; size <= 1 << 20; size *= 2) {
    const std::unique_ptr<cpu_set_t, void (*)(cpu_set_t*)> set(CPU_ALLOC(size),
                                                               [](cpu_set_t* s) { CPU_FREE(s); });
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

std::int64_t free_memory() {
  std::ifstream stream("/proc/meminfo");
  std::string name, unit;
  std::int64_t kib = 0;
  while (stream >> name >> kib && std::getline(stream, unit))
    if (name == "MemAvailable:") return kib * 1024;
  throw MachineError("cannot read MemAvailable from /proc/meminfo");
}

constexpr std::int64_t any_number = std::numeric_limits<std::int64_t>::max();

std::int64_t processes_of_user() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NPROC, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return any_number;
  return static_cast<std::int64_t>(limit.rlim_cur);
}

}  // namespace

Machine look_at_machine() { return look_at(Topology::of_this_machine()); }

Machine look_at(const Topology& topology) {
  if (!topology.is_of_this_machine()) {
    Machine machine{.cpus = topology.one_of_each_core_first(topology.all_processors()),
                    .memory_available = topology.memory_bytes(),
                    .memory_nodes = topology.memory_nodes(),
                    .processes = any_number,
                    .here = false};
    machine.cores = static_cast<unsigned>(machine.cpus.size());
    return machine;
  }
  Machine machine;
  machine.cpus = topology.one_of_each_core_first(allowed_cpus());
  const CgroupLimits limits = read_cgroup_limits();
  machine.cores = static_cast<unsigned>(machine.cpus.size());
  if (limits.cores) machine.cores = std::clamp(static_cast<unsigned>(*limits.cores), 1U, machine.cores);
  machine.memory_available = free_memory();
  if (limits.memory_available)
    machine.memory_available = std::min(machine.memory_available, *limits.memory_available);
  machine.memory_nodes = topology.memory_nodes();
  machine.processes = std::min(processes_of_user(), limits.processes.value_or(any_number));
  return machine;
}

}  // namespace runoff
