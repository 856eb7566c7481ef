#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "runoff/parameters.h"
#include "support/text.h"

namespace runoff {

/// What backends and workloads have in common, as the catalog knows them.
struct Module {
  std::string name;
  std::string summary;
  std::string source;
  std::filesystem::path file;
  bool available = false;
  std::string reason;   ///< why it is not available
  std::string package;  ///< the Debian package that would bring it, if one would
};

struct BackendModule : Module {
  std::string runtime;
  std::vector<Parameter> options;
  Pairs environment;  ///< set before the runtime is loaded
  std::string
      launcher;  ///< starts one process for each of {workers}; empty where the backend makes its workers
  unsigned most_workers = 0;  ///< 0: no limit
};

struct WorkloadModule : Module {
  std::string bound;
  std::string shape;
  std::vector<Parameter> parameters;
  bool endpoint = false;  ///< it needs an HTTP server
  std::string grain;      ///< the parameter that the work of a task is proportional to; empty: none
};

}  // namespace runoff
