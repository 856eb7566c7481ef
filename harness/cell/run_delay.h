#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <optional>

namespace runoff::cell {

/// For how long each thread of this process and its descendants could have run and had no core, in ns, since
/// it began. Empty where the kernel does not tell.
std::map<pid_t, std::int64_t> run_delays();

/// How much was added from one look to another; nothing where it is not known.
std::optional<std::int64_t> added_delay(const std::map<pid_t, std::int64_t>& before,
                                        const std::map<pid_t, std::int64_t>& after);

}  // namespace runoff::cell
