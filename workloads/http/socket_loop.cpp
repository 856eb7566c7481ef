#include "socket_loop.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "client.h"
#include "failure.h"

namespace http {
namespace asio = boost::asio;
using asio::ip::tcp;

SocketLoop::SocketLoop(asio::execution_context& context)
    : service(context), context_(static_cast<asio::io_context&>(context)), timer_(context_) {}

SocketLoop& SocketLoop::of(const asio::any_io_executor& executor) {
  return asio::use_service<SocketLoop>(asio::query(executor, asio::execution::context));
}

void SocketLoop::shutdown() { idle_.clear(); }

asio::awaitable<std::string> SocketLoop::get(const Server& server, const std::string& url,
                                             std::chrono::nanoseconds timeout) {
  const std::string request = server.request(url);
  for (;;) {
    std::unique_ptr<Connection> connection;
    const bool is_new = idle_.empty();
    if (is_new) {
      connection = std::make_unique<Connection>(context_);
    } else {
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
    Error error;
    {
      const Watched watched(*this, *connection, Clock::now() + timeout);
      if (is_new) {
        error = co_await connect(server, *connection);
        if (connection->is_overdue) throw Failure(failure::connect_timeout(server.name(), timeout));
        if (error) throw Failure(failure::connection(error.value(), server.name()));
      }
      connection->answer.begin();
      error = co_await send(*connection, request);
      if (!error) error = co_await receive(*connection);
    }
    if (connection->is_overdue) throw Failure(failure::timeout(server.name(), timeout));
    if (!error) {
      const bool again = connection->answer.keeps_connection();
      std::string body = connection->answer.take_body(url);
      connection->has_served = true;
      if (again) idle_.push_back(std::move(connection));
      co_return body;
    }
    // One that was idle may have been closed by the server before it saw the request.
    if (connection->has_served && !connection->answer.has_begun()) continue;
    if (error == asio::error::eof) throw Failure(failure::no_answer(server.name()));
    throw Failure(failure::connection(error.value(), server.name()));
  }
}

asio::awaitable<SocketLoop::Error> SocketLoop::connect(const Server& server, Connection& connection) {
  Error error;
  for (const tcp::endpoint& address : server.addresses()) {
    connection.socket.close(error);
    if (connection.is_overdue) break;
    co_await connection.socket.async_connect(address, asio::redirect_error(asio::use_awaitable, error));
    if (!error) break;
  }
  if (error) co_return error;
  connection.socket.set_option(tcp::no_delay(true), error);
  connection.socket.non_blocking(true, error);
  co_return error;
}

asio::awaitable<SocketLoop::Error> SocketLoop::send(Connection& connection, const std::string& request) {
  // Almost always there is room at once, and then there is nothing to wait for.
  Error error;
  const std::size_t sent = connection.socket.write_some(asio::buffer(request), error);
  if (error == asio::error::would_block) error = {};
  if (!error && sent < request.size())
    co_await asio::async_write(connection.socket, asio::buffer(request) + sent,
                               asio::redirect_error(asio::use_awaitable, error));
  co_return error;
}

asio::awaitable<SocketLoop::Error> SocketLoop::receive(Connection& connection) {
  for (bool whole = false; !whole;) {
    const auto space = connection.answer.space();
    Error error;
    const std::size_t bytes = co_await connection.socket.async_read_some(
        asio::buffer(space.data(), space.size()), asio::redirect_error(asio::use_awaitable, error));
    if (!error) {
      whole = connection.answer.receive(bytes);
    } else if (error == asio::error::eof && connection.answer.has_begun()) {
      connection.answer.end();
      whole = true;
    } else {
      co_return error;
    }
  }
  co_return Error{};
}

SocketLoop::Watched::Watched(SocketLoop& loop, Connection& connection, Clock::time_point deadline)
    : loop_(loop) {
  connection.deadline = deadline;
  if (loop.spare_.empty()) {
    loop.waiting_.push_back(&connection);
  } else {
    loop.spare_.front() = &connection;
    loop.waiting_.splice(loop.waiting_.end(), loop.spare_, loop.spare_.begin());
  }
  place_ = std::prev(loop.waiting_.end());
  if (!loop.timer_runs_) loop.watch_until(deadline);
}

SocketLoop::Watched::~Watched() {
  loop_.spare_.splice(loop_.spare_.begin(), loop_.waiting_, place_);
  // A timer that no request needs would keep the io_context at work.
  if (loop_.waiting_.empty()) loop_.timer_.cancel();
}

/// One timer for all: when it is up, it is set for the request that is then the first.
void SocketLoop::watch_until(Clock::time_point deadline) {
  timer_runs_ = true;
  timer_.expires_at(deadline);
  timer_.async_wait([this](Error) {
    timer_runs_ = false;
    // Those that are closed here leave the list one after the other, when their coroutines see it.
    for (const auto now = Clock::now(); Connection * connection : waiting_) {
      if (connection->is_overdue) continue;
      if (connection->deadline > now) return watch_until(connection->deadline);
      Error ignored;
      connection->is_overdue = true;
      connection->socket.close(ignored);
    }
  });
}

}  // namespace http
