#include "doctor/at_rest.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>

#include "doctor/clocks.h"
#include "doctor/cores.h"
#include "doctor/load.h"
#include "doctor/memory.h"
#include "doctor/room.h"
#include "doctor/shell.h"
#include "doctor/tools.h"

namespace runoff {

std::vector<Finding> examine_at_rest(const Machine& machine) {
  const CgroupLimits limits = read_cgroup_limits();
  const char* set = std::getenv("TMPDIR");
  const char* temporary = set != nullptr && *set != '\0' ? set : "/tmp";
  return {check_cores(machine.cpus),
          check_smt(machine.cpus),
          check_isolation(machine.cpus),
          check_quota(limits, Throttling().read_ns(), machine.cpus.size()),
          check_priority(::getpriority(PRIO_PROCESS, 0)),
          check_variables(find_steering(environ)),
          check_governor(machine.cpus),
          check_boost(),
          check_clock(measure_timer()),
          check_memory(machine.memory_available),
          check_huge_pages(),
          check_aslr(),
          check_temporary_files(look_at_room(temporary)),
          check_shared_memory(look_at_room("/dev/shm")),
          check_limits(read_process_limits(), limits),
          check_perf(try_perf())};
}

std::vector<Finding> examine_with_load(const Machine& machine, std::chrono::milliseconds time) {
  const Load load = watch_load(machine.cpus, time);
  std::vector<Finding> findings = examine_at_rest(machine);
  findings.push_back(check_load(load, machine.cpus.size()));
  findings.push_back(check_steal(load, machine.cpus.size()));
  return findings;
}

}  // namespace runoff
