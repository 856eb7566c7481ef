#include <boost/asio/this_coro.hpp>
#include <utility>

#include "client.h"
#include "pool.h"
#include "server.h"
#include "socket_connection.h"
#include "socket_loop.h"

namespace http {
namespace {

class SocketClient final : public Client {
 public:
  SocketClient(const std::string& url, std::chrono::nanoseconds timeout) : server_(url), timeout_(timeout) {}

  void prepare() const override try { server_.addresses(); } catch (const Failure&) {
    // Every task will say so.
  }

  std::string get(const std::string& url) const override {
    const std::string request = server_.request(url);
    const auto deadline = SocketConnection::Clock::now() + timeout_;
    auto connection = idle_.take();
    if (connection == nullptr || !connection->exchange(request, deadline)) {
      connection = std::make_unique<SocketConnection>(server_, timeout_, deadline);
      connection->exchange(request, deadline);
    }
    const bool again = connection->can_serve_again();
    std::string body = connection->take_body(url);
    if (again) idle_.give(std::move(connection));
    return body;
  }

  boost::asio::awaitable<std::string> get_async(const std::string& url) const override {
    const auto executor = co_await boost::asio::this_coro::executor;
    co_return co_await SocketLoop::of(executor).get(server_, url, timeout_);
  }

 private:
  Server server_;
  std::chrono::nanoseconds timeout_;
  mutable Pool<SocketConnection> idle_;
};

}  // namespace

std::unique_ptr<Client> make_socket_client(const std::string& server_url, std::chrono::nanoseconds timeout) {
  return std::make_unique<SocketClient>(server_url, timeout);
}

}  // namespace http
