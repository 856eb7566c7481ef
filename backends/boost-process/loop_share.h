#pragma once

#include <cstddef>
#include <memory>

#include "runoff/scheduling/chunks.h"
#include "runoff/workload.h"

namespace runoff::boost_process {

/// A worker's share of a loop: chunks, until none is left. With `in_place`, results go into their slots,
/// which the leader shares; else the worker has slots of its own, and they go through the pipe.
class LoopShare {
 public:
  /// Throws std::bad_alloc.
  LoopShare(const Independent& loop, Results results, ChunkCounter& chunks, unsigned workers, bool in_place);

  /// Once in an execution. When a task throws, this throws, and no worker gets another chunk.
  void work(int answers);

 private:
  struct Unmap {
    std::size_t size;
    void operator()(std::byte* memory) const;
  };

  const Independent& loop_;
  Results results_;
  ChunkCounter& chunks_;
  unsigned workers_;
  bool in_place_;
  std::unique_ptr<std::byte, Unmap> own_slots_;
};

}  // namespace runoff::boost_process
