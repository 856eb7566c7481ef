#pragma once

#include <optional>
#include <span>
#include <string>

#include "endpoint/limits.h"
#include "endpoint/queue.h"
#include "endpoint/request.h"
#include "endpoint/types.h"

namespace runoff::endpoint {

/// What all connections of a thread share.
struct Shared {
  const Behaviour& defaults;
  const Limits& limits;
  std::span<char> buffer;  ///< for what is being read or sent right now; nothing stays in it
  Queue& waiting;          ///< connections that wait for a request, or for the rest of one
  std::size_t& held;       ///< bytes that connections hold
};

/// One client's connection: any number of requests, one after the other. It holds no buffer while it waits.
/// Content can be made from any place on, so a rest that was not sent need not be kept.
class Connection : public Queued {
 public:
  Connection(Socket socket, const Shared& shared) : socket_(std::move(socket)), shared_(shared) {}
  ~Connection() { hold({}); }

  /// Answers requests until one side ends it.
  Awaitable<void> serve();
  /// Says that there is no room for it, and ends it.
  Awaitable<void> refuse();

  /// Closes it when what it waits for is overdue; `serve` then ends.
  void close_if_overdue(Clock::time_point now) {
    if (now >= deadline_) close();
  }
  /// The same at once. One that waits for a request loses nothing that it was asked for.
  void close() {
    Error ignored;
    leave();
    hold({});
    socket_.close(ignored);
  }

 private:
  /// Holds these bytes and no others, in no more memory than that.
  void hold(std::string_view bytes) {
    shared_.held += bytes.size() - unread_.size();
    unread_ = std::string(bytes);
  }
  /// Ends those that have waited the longest until all hold no more than they may. False where this one is to
  /// end.
  bool there_is_room();
  /// False when the client has gone.
  Awaitable<bool> receive();
  /// False when the connection is of no more use.
  Awaitable<bool> answer();
  /// Sends head and body, or the first half of them.
  Awaitable<bool> send(const Answer& answer, bool half = false);
  Awaitable<void> discard();
  Awaitable<void> linger();
  void reset();
  void wait_at_most(std::chrono::nanoseconds time) { deadline_ = Clock::now() + time; }

  Socket socket_;
  const Shared& shared_;
  Clock::time_point deadline_ = Clock::time_point::max();
  std::string unread_;  // came with the request before, or is the unfinished line of a head
  std::optional<RequestReader> request_;
};

}  // namespace runoff::endpoint
