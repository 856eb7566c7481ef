#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>

#include "support/descriptor.h"

namespace runoff {

// Cells that are compared take turns: each is stopped while others measure. A cell says over a SOCK_SEQPACKET
// socket how many turns it has left; the launcher answers when it may go on, with nothing to read in the
// answer. The socket has a name of its own in Linux' abstract namespace, so that no file is left behind.

/// Where a launcher listens, accepting without blocking; no descriptor where this machine allows none.
Descriptor listen_for_turns(pid_t launcher);

/// A cell that has asked for the first time, and which process it is. Nothing where none waits.
struct TurnAsking {
  Descriptor socket;
  pid_t process = 0;
};
std::optional<TurnAsking> accept_asking(int listening);

/// A cell's end; no descriptor where this process reaches no such launcher.
Descriptor connect_for_turns(pid_t launcher);

/// Says how many turns are left. False when the other side is gone.
bool ask_for_turn(int socket, std::uint32_t left);
/// What was asked, without waiting for it; nothing when the other side is gone, or asked something else.
std::optional<std::uint32_t> read_question(int socket);

/// Lets the one that asked go on.
void give_turn(int socket);
/// Waits for it. False when the other side is gone.
bool await_turn(int socket);

}  // namespace runoff
