#include "run/memory_files.h"

#include <algorithm>
#include <utility>

#include "support/memory_file.h"

namespace runoff {

std::string LentFile::path() const { return path_for_others(file.get()); }

LentFile MemoryFiles::lend(std::int64_t bytes) {
  const auto found =
      std::find_if(idle_.begin(), idle_.end(), [bytes](const LentFile& one) { return one.bytes == bytes; });
  if (found == idle_.end()) {
    make_room(bytes);
    return {Descriptor(make_memory_file()), bytes};
  }
  LentFile file = std::move(*found);
  idle_.erase(found);
  idle_bytes_ -= bytes;
  return file;
}

void MemoryFiles::take_back(LentFile file) {
  make_room(file.bytes);
  if (idle_bytes_ + file.bytes > most_idle_) return;
  idle_bytes_ += file.bytes;
  idle_.push_back(std::move(file));
}

void MemoryFiles::make_room(std::int64_t bytes) {
  while (!idle_.empty() && idle_bytes_ + bytes > most_idle_) {
    idle_bytes_ -= idle_.front().bytes;
    idle_.pop_front();
  }
}

}  // namespace runoff
