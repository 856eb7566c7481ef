#pragma once

#include <string>
#include <vector>

namespace runoff {

/// Each of these workloads on each of these backends with each number of workers. All are written like the
/// options of the same name on the command line.
struct Selection {
  std::vector<std::string> workloads;
  std::vector<std::string> backends;
  std::vector<std::string> workers;
  std::vector<std::string> set;
};

}  // namespace runoff
