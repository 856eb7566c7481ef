#pragma once

#include <chrono>
#include <string>

#include "answer.h"
#include "runoff/wait_observer.h"
#include "server.h"

namespace http {

/// A connection whose calls block.
class SocketConnection {
 public:
  using Clock = std::chrono::steady_clock;

  /// Connects. Throws Failure.
  SocketConnection(const Server& server, std::chrono::nanoseconds timeout, Clock::time_point deadline);
  ~SocketConnection();
  SocketConnection(const SocketConnection&) = delete;
  SocketConnection& operator=(const SocketConnection&) = delete;

  /// Sends the request and takes the whole answer. False when the server has closed the connection before it
  /// saw the request, which may happen to one that was idle. Throws Failure.
  /// `observer` is told when it waits, if it is not null.
  bool exchange(const std::string& request, Clock::time_point deadline,
                runoff::WaitObserver* observer = nullptr);

  std::string take_body(const std::string& url) { return answer_.take_body(url); }
  bool can_serve_again() const { return answer_.keeps_connection(); }

 private:
  int connect(const boost::asio::ip::tcp::endpoint& address, Clock::time_point deadline);
  void limit(int option, Clock::time_point deadline);
  bool send(const std::string& request, runoff::WaitObserver* observer);
  [[noreturn]] void fail(int error);

  const Server& server_;
  std::chrono::nanoseconds timeout_;
  int socket_ = -1;
  bool has_served_ = false;
  Answer answer_;
};

}  // namespace http
