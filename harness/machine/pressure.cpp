#include "machine/pressure.h"

#include <cstdio>

#include "machine/kernel_files.h"

namespace runoff {

std::optional<MemoryPressure> read_memory_pressure(const std::filesystem::path& root) {
  // "some avg10=0.00 avg60=4.88 avg300=1.64 total=48882052", in microseconds
  const std::string line = first_line(root / "proc/pressure/memory");
  MemoryPressure pressure;
  long long total = 0;
  if (std::sscanf(line.c_str(), "some avg10=%lf avg60=%*f avg300=%*f total=%lld", &pressure.percent_now,
                  &total) != 2)
    return std::nullopt;
  pressure.stall_ns = total * 1000;
  return pressure;
}

}  // namespace runoff
