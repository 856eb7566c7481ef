#pragma once

#include <curl/curl.h>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "curl_transfer.h"

namespace http {

/// libcurl's multi interface on an io_context that one thread runs: libcurl says which sockets it waits for
/// and until when, Asio does the waiting (https://curl.se/libcurl/c/libcurl-multi.html, "multi_socket").
class CurlLoop final : public boost::asio::execution_context::service {
 public:
  inline static boost::asio::execution_context::id id;
  explicit CurlLoop(boost::asio::execution_context& context);
  ~CurlLoop() override;

  static CurlLoop& of(const boost::asio::any_io_executor& executor);

  boost::asio::awaitable<std::string> get(const std::string& url, std::chrono::nanoseconds timeout);

 private:
  /// A socket of libcurl's that Asio watches. Handlers of an earlier watch may still be on their way when
  /// libcurl has let go of it: they hold it until then. What they hold has no descriptor any more: on
  /// io_uring they may be destroyed with the io_context, after the service that a descriptor goes back to.
  struct Watch {
    Watch(boost::asio::io_context& context, curl_socket_t socket)
        : descriptor(std::in_place, context, socket) {}
    void let_go() {
      wanted = 0;
      descriptor->release();  // libcurl closes it
      descriptor.reset();
    }
    std::optional<boost::asio::posix::stream_descriptor> descriptor;
    int wanted = 0;  // CURL_POLL_IN and _OUT
    bool reading = false, writing = false;
  };
  /// A coroutine that waits for the end of a transfer.
  struct Waiter {
    std::unique_ptr<CurlTransfer> transfer;
    boost::asio::steady_timer ended;  // cancelled when it has
    CURLcode code = CURLE_OK;
    bool has_ended = false;
  };

  void shutdown() override;
  boost::asio::awaitable<CURLcode> perform(std::unique_ptr<CurlTransfer>& transfer);
  std::string finish(std::unique_ptr<CurlTransfer> transfer, CURLcode code);
  static int on_socket(CURL*, curl_socket_t socket, int wanted, void* self, void* watch);
  static int on_timer(CURLM*, long milliseconds, void* self);
  void watch(const std::shared_ptr<Watch>& watch);
  void act(curl_socket_t socket, int events);
  void end_finished();

  boost::asio::io_context& context_;
  boost::asio::steady_timer timer_;
  CURLM* multi_;
  std::unordered_map<curl_socket_t, std::shared_ptr<Watch>> watches_;
  std::unordered_map<CURL*, std::unique_ptr<Waiter>> waiters_;
  std::vector<std::unique_ptr<CurlTransfer>> idle_;
};

}  // namespace http
