#include "support/processor_field.h"

#include <fstream>

#include "support/text.h"

namespace runoff {

std::string processor_field(const std::string& field) {
  std::ifstream stream("/proc/cpuinfo");
  for (std::string line; std::getline(stream, line);)
    if (line.starts_with(field) && line.find(':') != line.npos)
      return one_line(line.substr(line.find(':') + 1), line.size());
  return {};
}

}  // namespace runoff
