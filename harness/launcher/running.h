#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "launcher/protocol.h"
#include "launcher/turn_socket.h"
#include "process/child.h"
#include "process/shared_memory_files.h"
#include "support/descriptor.h"

namespace runoff {

/// A process that the launcher starts, alone or in turns with others: only one of them goes on at a time.
class Running {
 public:
  enum class Event {
    ended,
    asks,         ///< for a turn: it waits, with all that it started
    out_of_time,  ///< or it said that it has failed, and does not end
    abandoned,    ///< runoff is gone
  };
  /// What is listened to while a process goes on.
  struct Ears {
    int runoff;   ///< readable when it is gone
    int signals;  ///< readable when the launcher is to end
    int turns;    ///< where cells ask for turns
    SharedMemoryFiles& shared_memory;
  };

  /// Starts it with `temporary` as its TMPDIR. Where that fails, the answer says why, and it has ended.
  Running(const Request& request, const std::filesystem::path& temporary);

  /// Lets it go on until something happens.
  Event go_on(const Ears& ears);
  /// Stops it, with all that it started, until it goes on.
  void hold();
  /// Ends it where it has not ended, and says how it did.
  Answer end();
  /// Says in the answer that time was up for it, and what these processes of it, `all`, were at.
  void note_time_is_up(std::span<const pid_t> all);

  /// Where in its batch it stands, from 0 to 1: those that stand further back go first. Last is what remains
  /// when the batch is done.
  double place() const;
  std::uint32_t turns_left() const { return turns_left_; }
  pid_t process() const { return child_.id(); }

 private:
  using Clock = std::chrono::steady_clock;

  void start();
  Event listen(const Ears& ears, Clock::time_point deadline);
  void meet(TurnAsking asking);
  bool hears_question();

  Request request_;
  Answer answer_;
  std::uint64_t kills_before_;
  Child child_;
  Descriptor output_, turns_;
  Descriptor place_for_turns_;  ///< keeps a place among the descriptors, until `turns_` takes it
  std::vector<pid_t> held_;
  bool waits_ = false, over_ = false;
  std::uint32_t all_turns_ = 0, turns_left_ = 0;
  std::optional<Clock::time_point> began_;   ///< until it goes on for the first time
  Clock::duration gone_on_{0}, stopped_{0};  ///< for how long it went on; of that, the launcher was stopped
};

}  // namespace runoff
