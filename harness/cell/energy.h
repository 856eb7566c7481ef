#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace runoff::cell {

/// The energy that all processor packages of this machine have used, whatever runs on them, as the kernel's
/// powercap framework tells it (Documentation/power/powercap/powercap.rst). Only root may read it on most
/// machines, and virtual ones have none.
class Energy {
 public:
  explicit Energy(const std::filesystem::path& zones = "/sys/class/powercap");

  /// In microjoules, since this was made. Nothing where it cannot be read.
  std::optional<std::int64_t> used() const;

 private:
  struct Package {
    std::filesystem::path file;
    std::int64_t before;
    std::int64_t range;  // where the count begins anew
  };
  std::vector<Package> packages_;
};

}  // namespace runoff::cell
