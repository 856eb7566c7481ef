#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "answer.h"
#include "server.h"

namespace http {

/// Connections of an io_context that one thread runs.
class SocketLoop final : public boost::asio::execution_context::service {
 public:
  inline static boost::asio::execution_context::id id;
  explicit SocketLoop(boost::asio::execution_context& context);

  static SocketLoop& of(const boost::asio::any_io_executor& executor);

  boost::asio::awaitable<std::string> get(const Server& server, const std::string& url,
                                          std::chrono::nanoseconds timeout);

 private:
  using Clock = std::chrono::steady_clock;
  using Error = boost::system::error_code;

  struct Connection {
    explicit Connection(boost::asio::io_context& context) : socket(context) {}
    boost::asio::ip::tcp::socket socket;
    Clock::time_point deadline;
    bool has_served = false;
    bool is_overdue = false;
    Answer answer;
  };
  /// Requests that wait, the one that is due first at the front: all have the same timeout.
  using Waiting = std::list<Connection*>;
  /// Has a connection closed when its time is up, while this lives.
  class Watched {
   public:
    Watched(SocketLoop& loop, Connection& connection, Clock::time_point deadline);
    ~Watched();
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;

   private:
    SocketLoop& loop_;
    Waiting::iterator place_;
  };

  void shutdown() override;
  boost::asio::awaitable<Error> connect(const Server& server, Connection& connection);
  boost::asio::awaitable<Error> send(Connection& connection, const std::string& request);
  boost::asio::awaitable<Error> receive(Connection& connection);
  void watch_until(Clock::time_point deadline);

  boost::asio::io_context& context_;
  boost::asio::steady_timer timer_;
  bool timer_runs_ = false;
  Waiting waiting_;
  Waiting spare_;  // list nodes to be used again
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace http
