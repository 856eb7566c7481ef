#include <iostream>

#include "cli/commands.h"
#include "cli/report_options.h"

namespace runoff {

int report_on(const std::vector<std::filesystem::path>& folders) {
  return report(folders, std::cout, std::cerr, report_options());
}

}  // namespace runoff
