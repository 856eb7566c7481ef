#include "endpoint/server.h"

#include <fmt/format.h>
#include <malloc.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <iterator>

#include "support/standard_streams.h"

namespace runoff::endpoint {
namespace {

using SharesPort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
constexpr std::chrono::milliseconds look_around{250};
/// By then descriptors or memory may be free again.
constexpr std::chrono::milliseconds accept_again{20};

}  // namespace

Server::Server(const Behaviour& defaults, const Limits& limits, const Tcp::endpoint& place, bool shares_port)
    : context_(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE),  // one thread: no locks
      acceptor_(context_.get_executor()),
      limits_(limits),
      defaults_(defaults) {
  acceptor_.open(place.protocol());
  acceptor_.set_option(Acceptor::reuse_address(true));
  if (shares_port) acceptor_.set_option(SharesPort(true));
  acceptor_.bind(place);
  acceptor_.listen(Acceptor::max_listen_connections);
}

void Server::run(int end) {
  asio::posix::basic_stream_descriptor<Executor> ended(context_.get_executor(), ::dup(end));
  ended.async_wait(decltype(ended)::wait_read, [this](Error) { context_.stop(); });
  asio::co_spawn(context_, accept(), asio::detached);
  asio::co_spawn(context_, close_overdue(), asio::detached);
  context_.run();
  connections_.clear();
}

Awaitable<void> Server::accept() {
  bool told = false;
  Timer timer(context_.get_executor());
  for (;;) {
    auto [error, socket] = co_await acceptor_.async_accept(awaited);
    if (!error) {
      start(std::move(socket));
    } else if (error != asio::error::connection_aborted) {
      if (!std::exchange(told, true))
        say(fmt::format("runoff serve: a connection has to wait: {}\n", error.message()));
      timer.expires_after(accept_again);
      co_await timer.async_wait(awaited);
    }
  }
}

void Server::start(Socket socket) {
  Error gone;
  socket.non_blocking(true, gone);
  socket.set_option(Tcp::no_delay(true), gone);
  const bool full = served_ >= limits_.connections && !make_room();  // those that are refused do not count
  if (!full) ++served_;
  connections_.emplace_back(std::move(socket), shared_);
  const auto connection = std::prev(connections_.end());
  // What it throws, such as that no memory is left, ends this connection and no other.
  asio::co_spawn(context_, full ? connection->refuse() : connection->serve(),
                 [this, connection, full](std::exception_ptr) {
                   connections_.erase(connection);
                   if (!full) --served_;
                 });
}

/// Ends the connection that has been waiting for a request for the longest, if one is: clients that ask for
/// nothing keep none away that does.
bool Server::make_room() {
  Queued* const idle = waiting_.first();
  if (idle == nullptr) return false;
  static_cast<Connection*>(idle)->close();
  return true;
}

Awaitable<void> Server::close_overdue() {
  Timer timer(context_.get_executor());
  for (bool busy = false;;) {
    timer.expires_after(look_around);
    co_await timer.async_wait(awaited);
    const auto now = Clock::now();
    for (auto& connection : connections_) connection.close_if_overdue(now);
    // The memory of many connections goes back to the system when they have gone.
    if (busy && connections_.empty()) ::malloc_trim(0);
    busy = !connections_.empty();
  }
}

}  // namespace runoff::endpoint
