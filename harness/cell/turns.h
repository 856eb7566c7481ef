#pragma once

#include <sys/types.h>

#include <cstdint>

#include "support/descriptor.h"

namespace runoff::cell {

/// The turns of a batch that this cell takes with others that are measured in the same round: runoff-launcher
/// stops it, with all that it started, while others have theirs. So what changes on this machine within
/// seconds changes for all of them.
class Turns {
 public:
  /// Without a launcher, or where it is not reached, the batch is not interrupted.
  explicit Turns(pid_t launcher);

  bool are_taken() const { return socket_.get() >= 0; }
  /// Waits until this cell may go on, which has so many turns left.
  void wait(std::uint32_t left);

 private:
  Descriptor socket_;
};

}  // namespace runoff::cell
