#include <boost/asio/this_coro.hpp>

#include "client.h"
#include "curl_loop.h"
#include "curl_transfer.h"
#include "pool.h"
#include "url.h"

namespace http {
namespace {

class CurlClient final : public Client {
 public:
  explicit CurlClient(std::chrono::nanoseconds timeout) : timeout_(timeout) {}

  std::string get(const std::string& url) const override {
    auto transfer = pool().take();
    if (transfer == nullptr) transfer = std::make_unique<CurlTransfer>(timeout_);
    transfer->aim(url);
    CURLcode code = ::curl_easy_perform(transfer->handle());
    if (transfer->met_closed_connection(code)) {
      transfer = std::make_unique<CurlTransfer>(timeout_);
      transfer->aim(url);
      code = ::curl_easy_perform(transfer->handle());
    }
    std::string body = transfer->finish(code);
    // After a failure the handle is of no more use than a new one: it ends here.
    pool().give(std::move(transfer));
    return body;
  }

  boost::asio::awaitable<std::string> get_async(const std::string& url) const override {
    const auto executor = co_await boost::asio::this_coro::executor;
    co_return co_await CurlLoop::of(executor).get(url, timeout_);
  }

 private:
  /// Never destroyed: threads of runtimes may outlive what ends with the process.
  static Pool<CurlTransfer>& pool() {
    static auto& pool = *new Pool<CurlTransfer>;
    return pool;
  }

  std::chrono::nanoseconds timeout_;
};

}  // namespace

std::unique_ptr<Client> make_curl_client(std::chrono::nanoseconds timeout) {
  return std::make_unique<CurlClient>(timeout);
}

}  // namespace http
