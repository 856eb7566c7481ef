#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace runoff {

/// "n=1000;grain=2" as parts of a label: "/n:1000/grain:2".
inline std::string label_parts(std::string_view pairs) {
  std::string parts;
  bool in_name = true;  // up to the first '=' of a pair
  for (const char c : pairs) {
    if (parts.empty() || c == ';') parts += '/';
    if (c == ';')
      in_name = true;
    else if (c == '=' && in_name)
      parts += ':', in_name = false;
    else
      parts += c;
  }
  return parts;
}

/// A cell's name in Google Benchmark's style: "primes/n:1000/tbb/partitioner:auto/workers:2". `parameters`
/// are those that the name is to tell, and as `variant` they are name=value pairs joined by ';'.
inline std::string cell_label(std::string_view workload, std::string_view parameters,
                              std::string_view backend, std::string_view variant, std::int64_t workers) {
  return std::string(workload) + label_parts(parameters) + "/" + std::string(backend) + label_parts(variant) +
         "/workers:" + std::to_string(workers);
}

}  // namespace runoff
