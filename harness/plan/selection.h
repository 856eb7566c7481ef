#pragma once

#include <string>
#include <vector>

namespace runoff {

/// Each of these workloads on each of these backends with each number of workers; all are written like the
/// command line's options of the same name.
struct Selection {
  std::vector<std::string> workloads;
  std::vector<std::string> backends;
  std::vector<std::string> workers;
  std::vector<std::string> set;
};

}  // namespace runoff
