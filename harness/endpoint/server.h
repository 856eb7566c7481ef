#pragma once

#include <array>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <list>

#include "endpoint/connection.h"
#include "support/descriptor.h"

namespace runoff::endpoint {

/// A listener and its connections, all on the thread that calls `run`.
class Server {
 public:
  /// Listens at once. With `shares_port` others of this process may listen at the same place. Throws
  /// boost::system::system_error.
  Server(const Behaviour& defaults, const Limits& limits, const Tcp::endpoint& place, bool shares_port);

  Tcp::endpoint place() const { return acceptor_.local_endpoint(); }

  /// Serves until the descriptor `end` is readable. It does not read from it.
  void run(int end);

 private:
  Awaitable<void> accept();
  Awaitable<void> close_overdue();
  void start(Socket socket);
  bool make_room();

  asio::io_context context_;
  Acceptor acceptor_;
  std::array<char, 64 << 10> buffer_;
  Limits limits_;
  Behaviour defaults_;
  Queue waiting_;
  std::size_t held_ = 0;
  Shared shared_{defaults_, limits_, buffer_, waiting_, held_};
  std::list<Connection> connections_;  // those that are being refused included
  std::size_t served_ = 0;
};

}  // namespace runoff::endpoint
