#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace runoff {

/// An experiment that others have published, which a selection makes again.
struct Published {
  std::string experiment;  ///< what it is called: "a1"
  std::string about;       ///< what is done
  std::string says;        ///< what was found, where that is no figure of one cell; may be empty
  std::map<std::string, std::string>
      by_backend;  ///< "X", or "X@4" with 4 workers: the figure that was given for it
};

/// Each of these workloads on each of these backends with each number of workers. All are written like the
/// options of the same name on the command line.
struct Selection {
  std::vector<std::string> workloads;
  std::vector<std::string> backends;
  std::vector<std::string> workers;
  std::vector<std::string> set;
  std::optional<Published> published = {};
};

}  // namespace runoff
