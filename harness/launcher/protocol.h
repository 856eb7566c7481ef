#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "support/text.h"

namespace runoff {

// runoff and runoff-launcher talk over a SOCK_SEQPACKET socket, one object a packet, in CBOR (RFC 8949):
// names of files may be no UTF-8, which JSON cannot hold. First the launcher makes the folder that runoff
// named, and says so. Then it answers each request when the process and all that it started have ended; of
// processes that take turns, when all have. When the socket closes, the launcher ends what runs, removes its
// folder and leaves.

/// What the launcher says first.
struct Greeting {
  std::string error;  ///< why there is no folder, and the launcher leaves; else empty
};

/// A process to start.
struct Request {
  std::vector<std::string> arguments;
  Pairs environment;                       ///< on top of runoff's own
  std::int64_t limit_ns = 0;               ///< after so long it is ended, with all that it started
  std::vector<std::string> failures = {};  ///< it has failed when it prints one of these, and is ended soon
  bool more = false;  ///< the next request is of a process that takes turns with this one
};

/// How a process ended.
struct Answer {
  std::string error;              ///< why nothing could be started; else empty
  std::string how;                ///< in words: "exited with code 3", "was killed by SIGSEGV"
  int exit_code = 0;              ///< when it ended by itself
  int signal = 0;                 ///< when a signal ended it
  bool timed_out = false;         ///< the limit ended it
  std::string at_the_limit = {};  ///< then: what its threads were at
  bool gave_up = false;           ///< it said that it has failed, did not end, and was ended
  bool stopped = false;           ///< the launcher itself was stopped meanwhile, for more than a moment
  std::int64_t wall_ns = 0;
  std::int64_t cpu_ns = 0;  ///< of the launcher, and of all that was started and has ended
  std::string output;       ///< beginning and end of its standard output and error
  std::size_t left = 0;     ///< descendants that could not be ended
};

// Both throw nlohmann::json::exception for what is no such message.
std::string to_packet(const Greeting&);
std::string to_packet(const Request&);
std::string to_packet(const Answer&);
template <class Message>
Message parse_message(const std::string& packet);

/// Sends one packet; false when the other side is gone.
bool send_packet(int socket, const std::string& packet);
/// Waits for one packet; nothing when the other side is gone.
std::optional<std::string> receive_packet(int socket);

}  // namespace runoff
