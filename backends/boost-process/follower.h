#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runoff/scheduling/chunks.h"
#include "runoff/scheduling/lanes.h"
#include "runoff/workload.h"
#include "subtrees.h"

namespace runoff::boost_process {

/// The descriptors that a follower inherits, as they travel on its command line.
struct Inheritance {
  int commands = -1;
  int answers = -1;
  int standard_error = -1;  ///< the leader's; the follower's own collects what it says while it starts

  std::vector<std::string> arguments() const;
  /// Throws std::invalid_argument.
  static Inheritance parse(std::span<const std::string> arguments);
};

/// A worker, in its own process: does what the leader commands.
class Follower {
 public:
  /// Runs chunks of a loop. With `in_place`, results go into their slots, which the leader shares; else they
  /// go through the pipe.
  Follower(Inheritance inheritance, const Independent& workload, Results results, ChunkCounter& counter,
           unsigned workers, bool in_place);

  /// Helps with a graph.
  Follower(Inheritance inheritance, Lanes& lanes, ChunkCounter& counter, unsigned workers);

  /// Solves subtrees of a recursion.
  Follower(Inheritance inheritance, Subtrees& subtrees, ChunkCounter& counter, unsigned workers);

  /// Says that this worker is ready and serves until told to end, or until the leader is gone.
  void serve();

 private:
  struct Unmap {
    std::size_t size;
    void operator()(std::byte* memory) const;
  };
  void take_descriptors();
  void execute();
  void run_chunks();

  Inheritance inheritance_;
  const Independent* loop_ = nullptr;
  Lanes* lanes_ = nullptr;
  Subtrees* subtrees_ = nullptr;
  ChunkCounter& counter_;
  unsigned workers_;
  bool in_place_ = true;
  std::unique_ptr<std::byte, Unmap> own_slots_;
  Results results_;
};

}  // namespace runoff::boost_process
