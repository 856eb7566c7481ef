#include <fmt/format.h>

#include "catalog/catalog.h"
#include "cli/commands.h"
#include "cli/findings_text.h"
#include "cli/terminal.h"
#include "doctor/at_rest.h"
#include "doctor/tools.h"
#include "machine/machine.h"
#include "report/plots.h"
#include "support/errors.h"
#include "support/json.h"

namespace runoff {
namespace {

constexpr std::chrono::milliseconds load_window{500};
constexpr std::chrono::seconds cell_limit{10};

/// What cannot be looked at, because looking at it fails.
Finding unusable(std::string name, const char* why) {
  return {.name = std::move(name),
          .level = Level::bad,
          .seen = why,
          .means = "nothing can be measured",
          .mend = {},
          .prevents = true};
}

void look_at_modules(const Install& install, std::vector<Finding>& findings) {
  const auto versions = capture_all({{install.cell().string(), "--version"}}, cell_limit);
  findings.push_back(check_cell(versions.front(), install.cell()));
  if (findings.back().prevents) return;
  const Catalog catalog = find_catalog(install, {});
  findings.push_back(check_backends(catalog));
  findings.push_back(check_launchers(catalog));
}

std::vector<Finding> examine() {
  Machine machine;
  try {
    machine = look_at_machine();
  } catch (const MachineError& error) {
    return {unusable("cores", error.what())};
  }
  std::vector<Finding> findings = examine_with_load(machine, load_window);
  findings.push_back(check_python(find_python(pythons())));
  try {
    look_at_modules(find_install(), findings);
  } catch (const MachineError& error) {
    findings.push_back(unusable("backends", error.what()));
  }
  return findings;
}

}  // namespace

int doctor(bool json) {
  const std::vector<Finding> findings = examine();
  if (json)
    fmt::print("{}\n", to_text(findings_json(findings), 2));
  else
    fmt::print("{}\n{}\n", findings_text(findings, {Painter(has_colour(stdout)), terminal_width(stdout)}),
               machine_conclusion(findings));
  return usable(findings) ? exit_well : exit_unusable;
}

}  // namespace runoff
