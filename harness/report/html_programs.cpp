#include "report/html_programs.h"

#include <algorithm>

#include "catalog/programs.h"
#include "support/json.h"

namespace runoff {

Json html_programs(const std::filesystem::path& folder, const Findings& findings) {
  Json all = Json::object();
  for (const Program& program : find_programs(folder))
    if (std::any_of(findings.cells.begin(), findings.cells.end(), [&program](const Cell& cell) {
          return cell.backend == program.backend && cell.problem.shape == program.shape;
        }))
      all[program.backend][program.shape] = program.text;
  return all;
}

}  // namespace runoff
