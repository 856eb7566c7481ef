#include "cell/host_facts.h"

#include <sched.h>
#include <sys/utsname.h>

#include "support/processor_field.h"

namespace runoff::cell {

nlohmann::ordered_json host_facts() {
  utsname system{};
  ::uname(&system);
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  ::sched_getaffinity(0, sizeof(allowed), &allowed);
  return {{"host", system.nodename},
          {"processor", processor_field("model name")},
          {"cores", CPU_COUNT(&allowed)},
          {"kernel", system.release}};
}

}  // namespace runoff::cell
