#include "cli/warnings.h"

#include <fmt/format.h>

#include <cstdlib>

namespace runoff {
namespace {

/// Of the cores, how much others may use before it shows in the samples.
constexpr double busy_share = 0.25;

}  // namespace

std::vector<std::string> warnings_before(const Machine& machine) {
  std::vector<std::string> warnings;
  double load = 0;
  if (::getloadavg(&load, 1) == 1 && load > busy_share * machine.cores)
    warnings.push_back(
        fmt::format("other programs kept {:.1f} of {} cores busy in the last minute; end them, or expect "
                    "wide intervals",
                    load, machine.cores));
  return warnings;
}

}  // namespace runoff
