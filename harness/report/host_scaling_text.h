#pragma once

#include <span>
#include <string>

#include "report/names.h"
#include "report/page.h"
#include "statistics/host_scaling.h"

namespace runoff {

/// What more hosts bring to one backend, as a table: the step from one host to several is a line of its own.
std::string host_scaling_text(const HostCurve& curve, const Names& names, const Page& page);

/// "primes: mpi on 1 to 4 hosts".
std::string host_scaling_title(const HostCurve& curve, const Names& names);
/// What its figures are, in words.
std::string host_scaling_note(const HostCurve& curve);

/// "node1=16, node2=16".
std::string workers_by_host(const WorkersOnHosts& where, const std::string& between);
/// The same, short: "16 on each".
std::string where_text(const WorkersOnHosts& where);
/// "43.1 µs (40.2 – 46.0)"; below 0 where a task takes less.
std::string added_text(const std::optional<Estimate>& added_ns);

}  // namespace runoff
