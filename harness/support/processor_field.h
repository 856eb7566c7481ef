#pragma once

#include <string>

namespace runoff {

/// The value of the first such field of /proc/cpuinfo, "model name" say. Empty where the kernel has none.
std::string processor_field(const std::string& field);

}  // namespace runoff
