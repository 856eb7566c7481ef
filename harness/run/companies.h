#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace runoff {

/// What cells that live at the same time, because they take turns, may have of this machine together; or what
/// one of them needs.
struct Provisions {
  std::int64_t memory = 0;     ///< bytes
  std::int64_t processes = 0;  ///< and threads
};

/// At most so many cells live at the same time, whatever there is: each takes the launcher a few descriptors.
inline constexpr std::size_t largest_company = 12;

/// Cuts cells, in their order, into companies that live together. One that needs more than there is, or of
/// which nothing is known (`need` returns null), is alone.
std::vector<std::vector<std::size_t>> companies(std::span<const std::size_t> cells,
                                                const std::function<const Provisions*(std::size_t)>& need,
                                                Provisions there);

}  // namespace runoff
