#pragma once

#include <string>
#include <string_view>

#include "explain/analysis.h"

namespace runoff {

/// What most of the time went to that was not useful.
enum class Cause {
  none,         ///< next to nothing did
  imbalance,    ///< workers wait for tasks of others
  slow_worker,  ///< one worker takes longer for its tasks than the others
  grain,        ///< chunks are short beside what it takes to hand one out
  scheduling,   ///< starting, joining, stealing
  lock,         ///< tasks wait for each other
  caches,       ///< tasks take longer on a processor than in serial
  cores,        ///< workers have no core to run on
  io,           ///< tasks wait for something outside the processor
  idle,         ///< workers got no task
  untold,       ///< tasks are not seen one by one
};

/// "slow-worker": as explain.csv has it.
std::string_view to_string(Cause cause);

Cause main_cause(const Analysis& analysis, const Explained& cell);

/// What follows the colon: "its workers wait 29 % of the time for the last tasks".
std::string clause(const Analysis& analysis, Cause cause, const Explained& cell);

}  // namespace runoff
