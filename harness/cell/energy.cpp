#include "cell/energy.h"

#include <fstream>
#include <string>

namespace runoff::cell {
namespace {

std::optional<std::int64_t> number_in(const std::filesystem::path& file) {
  std::int64_t number = 0;
  if (std::ifstream(file) >> number) return number;
  return std::nullopt;
}

}  // namespace

Energy::Energy(const std::filesystem::path& zones) {
  std::error_code ignored;  // no such folder: no packages
  for (const auto& zone : std::filesystem::directory_iterator(zones, ignored)) {
    // A package holds its cores and its memory; a platform holds packages. Only these are added up.
    std::string name;
    std::getline(std::ifstream(zone.path() / "name"), name);
    if (!name.starts_with("package-")) continue;
    const auto now = number_in(zone.path() / "energy_uj");
    const auto range = number_in(zone.path() / "max_energy_range_uj");
    if (!now || !range) {
      packages_.clear();
      return;
    }
    packages_.push_back({zone.path() / "energy_uj", *now, *range});
  }
}

std::optional<std::int64_t> Energy::used() const {
  if (packages_.empty()) return std::nullopt;
  std::int64_t sum = 0;
  for (const Package& package : packages_) {
    const auto now = number_in(package.file);
    if (!now) return std::nullopt;
    sum += *now - package.before + (*now < package.before ? package.range : 0);
  }
  return sum;
}

}  // namespace runoff::cell
