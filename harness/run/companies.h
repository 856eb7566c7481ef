#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace runoff {

/// A cell that takes turns needs so many of the launcher: for its end, for what it prints and for its turns.
inline constexpr std::int64_t descriptors_of_cell = 3;

/// What cells that live at the same time, because they take turns, may have of this machine together; or what
/// one of them needs.
struct Provisions {
  std::int64_t memory = 0;                         ///< bytes
  std::int64_t processes = 0;                      ///< and threads
  std::int64_t descriptors = descriptors_of_cell;  ///< of the launcher
};

/// At most so many cells live at the same time, whatever there is.
inline constexpr std::size_t largest_company = 12;
/// And so many where there is so much.
std::size_t largest_company_of(Provisions there);

/// Cuts cells, in their order, into companies that live together. One that needs more than there is, or of
/// which nothing is known (`need` returns null), is alone.
std::vector<std::vector<std::size_t>> companies(std::span<const std::size_t> cells,
                                                const std::function<const Provisions*(std::size_t)>& need,
                                                Provisions there);

}  // namespace runoff
