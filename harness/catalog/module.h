#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "runoff/compilation.h"
#include "runoff/parameter.h"
#include "support/text.h"

namespace runoff {

/// What the catalog knows of any module, available or not.
struct ModuleFacts {
  std::string name;
  std::string summary;
  std::string source;
  std::filesystem::path file;
  bool available = false;
  std::string reason;         ///< why it is not available
  std::string package;        ///< the Debian packages that would bring it, if any would
  bool only_by_name = false;  ///< '*' does not mean it
  Compilation compilation;
};

/// Null where no module is called so.
template <class M>
const M* module_named(const std::vector<M>& modules, const std::string& name) {
  const auto found =
      std::find_if(modules.begin(), modules.end(), [&](const M& one) { return one.name == name; });
  return found == modules.end() ? nullptr : &*found;
}

/// A reason why something is not there, and what brings it: "REASON; apt-get install PACKAGE".
inline std::string with_remedy(const std::string& reason, const std::string& package) {
  return package.empty() ? reason : reason + "; apt-get install " + package;
}

/// Of one that is not available, why: "backend 'tbb' is not available: REASON; apt-get install PACKAGE".
inline std::string why_not_available(const ModuleFacts& module, const std::string& kind) {
  return kind + " '" + module.name + "' is not available: " + with_remedy(module.reason, module.package);
}

/// Where a reader gets a backend from, in variants that have all of these options.
struct ModuleOrigin {
  Pairs variant;  ///< empty: the rest
  std::string text;
};

/// What the process of a cell is given in variants that have all of these options.
struct VariantEnvironment {
  Pairs variant;
  Pairs environment;
};

struct BackendModule : ModuleFacts {
  std::string runtime;
  std::vector<ModuleOrigin> origins;  ///< of several the first that holds
  std::vector<Parameter> options;
  Pairs environment;                                     ///< set before the runtime is loaded
  std::vector<VariantEnvironment> variants_environment;  ///< on top of that
  bool shares_memory = true;                             ///< all workers see inputs and results in one memory
  std::string launcher;           ///< a command that starts {workers} processes; empty: it makes them itself
  std::string launcher_on_hosts;  ///< the same with {hosts}, a file that names hosts; empty: there is none
  std::vector<std::string> launcher_failures;
  unsigned most_workers = 0;  ///< 0: no limit
  bool asynchronous = false;  ///< it runs the asynchronous form of workloads, and nothing else
  bool python = false;        ///< it runs the Python form of workloads, and nothing else

  /// How to get it, in this variant.
  std::string origin(const Pairs& variant) const {
    for (const auto& one : origins)
      if (has_all(variant, one.variant)) return one.text;
    return {};
  }

  /// What the process of a cell is given in this variant; of two values for a variable the later one counts.
  Pairs environment_in(const Pairs& variant) const {
    Pairs all = environment;
    for (const auto& one : variants_environment)
      if (has_all(variant, one.variant))
        all.insert(all.end(), one.environment.begin(), one.environment.end());
    return all;
  }

  /// How many workers are one process of the launcher's in this variant.
  unsigned workers_of_process(const Pairs& variant) const {
    for (const Parameter& option : options)
      for (const auto& [given, value] : variant)
        if (option.workers_of_process && option.name == given)
          return static_cast<unsigned>(parse_count(value).value_or(1));
    return 1;
  }

  /// How many processes the launcher starts for so many workers.
  unsigned processes(unsigned workers, const Pairs& variant) const {
    const unsigned each = workers_of_process(variant);
    return (workers + each - 1) / each;
  }

  /// The option that only says how many tasks are under way at once; null where there is none.
  const Parameter* concurrency_option() const {
    const auto found = std::find_if(options.begin(), options.end(),
                                    [](const Parameter& option) { return option.concurrency; });
    return found == options.end() ? nullptr : &*found;
  }

 private:
  static bool has_all(const Pairs& variant, const Pairs& those) {
    return std::all_of(those.begin(), those.end(), [&variant](const auto& pair) {
      return std::find(variant.begin(), variant.end(), pair) != variant.end();
    });
  }
};

struct WorkloadModule : ModuleFacts {
  std::string bound;
  std::string shape;
  std::vector<Parameter> parameters;
  bool endpoint = false;      ///< it needs an HTTP server
  std::string reference;      ///< what speed-ups are against, as backends are chosen on the command line
  std::string grain;          ///< the parameter that the work of a task is proportional to; may be empty
  bool asynchronous = false;  ///< it has an asynchronous form
  bool python = false;        ///< it has a Python form
  /// NAME=VALUE[,VALUE…]: where `runoff check` runs it.
  std::vector<std::string> checked_at;

  /// The module that goes with this backend's: of the same build, in a folder of that name beside the usual
  /// one; the usual one where there is no other.
  std::filesystem::path file_for(const BackendModule& backend) const {
    const std::filesystem::path other = file.parent_path() / backend.compilation.build / file.filename();
    return exists(other) ? other : file;
  }
  /// What that is called among the files of a run: "fetch-many", or "fetch-many, uring".
  std::string name_for(const BackendModule& backend) const {
    return file_for(backend) == file ? name : name + ", " + backend.compilation.build;
  }
};

}  // namespace runoff
