#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "catalog/programs.h"
#include "cli/commands.h"
#include "support/errors.h"
#include "support/install.h"
#include "support/list.h"
#include "support/nearest.h"

namespace runoff {
namespace {

std::vector<std::string> backends_of(const std::vector<Program>& programs) {
  std::vector<std::string> names;
  for (const Program& program : programs)
    if (names.empty() || names.back() != program.backend) names.push_back(program.backend);
  return names;
}

std::vector<std::string> shapes_of(const std::vector<Program>& programs, const std::string& backend) {
  std::vector<std::string> shapes;
  for (const Program& program : programs)
    if (program.backend == backend) shapes.push_back(program.shape);
  return shapes;
}

}  // namespace

int show(const ShowCommand& command) {
  const Install install = find_install();
  const std::vector<Program> programs = find_programs(install.programs());
  const auto found = std::find_if(programs.begin(), programs.end(), [&command](const Program& one) {
    return one.backend == command.backend && one.shape == command.shape;
  });
  if (found != programs.end()) {
    std::cout << found->text;
    return exit_well;
  }
  const std::vector<std::string> shapes = shapes_of(programs, command.backend);
  if (!shapes.empty())
    throw UsageError(fmt::format("'{}' offers no program for this shape, {}; it has one for {}",
                                 command.backend, command.shape, listed(shapes)));
  const std::vector<std::string> known = backends_of(programs);
  std::error_code error;
  if (std::filesystem::exists(install.backends / (command.backend + ".so"), error))
    throw UsageError(
        fmt::format("'{}' offers no program; those that do: {}", command.backend, listed(known, 20)));
  throw UsageError(
      fmt::format("unknown backend '{}'{}", command.backend, suggestion(command.backend, known)));
}

}  // namespace runoff
