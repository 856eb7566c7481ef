#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "support/descriptor.h"

namespace runoff {

/// A file in memory that a cell has, with the pages of the cell before.
struct LentFile {
  Descriptor file;
  std::int64_t bytes = 0;  ///< that cells claim of it

  /// For runoff-cell.
  std::string path() const;
};

/// Files of huge pages that one cell has after another. Where each had fresh ones the kernel would have to
/// find and to clear them each time, and a host that takes free memory back to give it again. Cells of one
/// problem claim alike, so a file is lent for as many bytes as it was before.
class MemoryFiles {
 public:
  /// `most_idle`: bytes that files may hold that no cell has.
  explicit MemoryFiles(std::int64_t most_idle) : most_idle_(most_idle) {}

  /// Throws std::system_error.
  LentFile lend(std::int64_t bytes);
  void take_back(LentFile file);

 private:
  /// Closes those that have been idle for longest until so many bytes more may be held.
  void make_room(std::int64_t bytes);

  std::int64_t most_idle_;
  std::int64_t idle_bytes_ = 0;
  std::deque<LentFile> idle_;  ///< the one that came back first in front
};

}  // namespace runoff
