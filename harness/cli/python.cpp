#include "cli/python.h"

#include "plan/choice.h"
#include "support/errors.h"

namespace runoff {

RunOptions with_python(RunOptions options, const Catalog& catalog) {
  if (options.python.empty()) return options;
  if (options.python.find(';') != std::string::npos)
    throw UsageError("--python " + options.python + ": the name of the file may hold no ';'; rename it");
  options.workloads.emplace_back("python");
  options.set.push_back("python.file=" + options.python);
  std::vector<std::string> of_python;
  for (const auto& backend : catalog.backends)
    if (backend.python) of_python.push_back(backend.name + ":*");
  options.backends = instead_of(std::move(of_python), options.backends);
  return options;
}

}  // namespace runoff
