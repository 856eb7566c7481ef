#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "runoff/compilation.h"
#include "runoff/parameters.h"
#include "support/text.h"

namespace runoff {

/// What the catalog knows of any module, available or not.
struct ModuleFacts {
  std::string name;
  std::string summary;
  std::string source;
  std::filesystem::path file;
  bool available = false;
  std::string reason;   ///< why it is not available
  std::string package;  ///< the Debian package that would bring it, if one would
  Compilation compilation;
};

struct BackendModule : ModuleFacts {
  std::string runtime;
  std::vector<Parameter> options;
  Pairs environment;          ///< set before the runtime is loaded
  bool shares_memory = true;  ///< all workers see inputs and results in one memory
  /// A command that starts a process for each of {workers}; empty where the backend makes its workers itself.
  std::string launcher;
  unsigned most_workers = 0;  ///< 0: no limit

  /// The option that only says how many tasks are under way at once; null where there is none.
  const Parameter* concurrency_option() const {
    const auto found = std::find_if(options.begin(), options.end(),
                                    [](const Parameter& option) { return option.concurrency; });
    return found == options.end() ? nullptr : &*found;
  }
};

struct WorkloadModule : ModuleFacts {
  std::string bound;
  std::string shape;
  std::vector<Parameter> parameters;
  bool endpoint = false;  ///< it needs an HTTP server
  std::string grain;      ///< the parameter that the work of a task is proportional to; may be empty
};

}  // namespace runoff
