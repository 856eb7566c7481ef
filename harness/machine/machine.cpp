#include "machine/machine.h"

#include <sys/resource.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>
#include <system_error>

#include "machine/allowed_cpus.h"
#include "machine/cgroup.h"
#include "support/errors.h"

namespace runoff {
namespace {

std::int64_t free_memory() {
  std::ifstream stream("/proc/meminfo");
  std::string name, unit;
  std::int64_t kib = 0;
  while (stream >> name >> kib && std::getline(stream, unit))
    if (name == "MemAvailable:") return kib * 1024;
  throw MachineError("cannot read MemAvailable from /proc/meminfo");
}

constexpr std::int64_t any_number = std::numeric_limits<std::int64_t>::max();

template <class Resource>
std::int64_t limit_of(Resource resource) {
  rlimit limit{};
  if (::getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return any_number;
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
                    .descriptors = any_number,
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
  machine.processes = std::min(limit_of(RLIMIT_NPROC), limits.processes.value_or(any_number));
  machine.descriptors = limit_of(RLIMIT_NOFILE);
  return machine;
}

}  // namespace runoff
