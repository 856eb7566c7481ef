#include "run/companies.h"

#include <algorithm>

namespace runoff {

std::size_t largest_company_of(Provisions there) {
  if (there.processes == 0) return 1;
  const auto most = std::clamp<std::int64_t>(there.descriptors / descriptors_of_cell, 1, largest_company);
  return static_cast<std::size_t>(most);
}

std::vector<std::vector<std::size_t>> companies(std::span<const std::size_t> cells,
                                                const std::function<const Provisions*(std::size_t)>& need,
                                                Provisions there) {
  std::vector<std::vector<std::size_t>> all;
  std::vector<std::size_t> company;
  Provisions left = there;
  const std::size_t most = largest_company_of(there);
  const auto close = [&] {
    if (!company.empty()) all.push_back(std::move(company));
    company.clear();
    left = there;
  };
  for (const std::size_t cell : cells) {
    const Provisions* needs = need(cell);
    const auto fits = [&](Provisions room) {
      return needs != nullptr && needs->memory <= room.memory && needs->processes <= room.processes;
    };
    if (!fits(there)) {
      close();
      all.push_back({cell});
      continue;
    }
    if (!fits(left) || company.size() == most) close();
    company.push_back(cell);
    left.memory -= needs->memory;
    left.processes -= needs->processes;
  }
  close();
  return all;
}

}  // namespace runoff
