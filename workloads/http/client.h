#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>

#include "runoff/errors.h"

namespace http {

/// Bytes of a body: a server that sends more is not believed.
inline constexpr std::size_t largest_body = std::size_t{1} << 30;

/// A request that did not bring a whole answer with a status of success. The text says why in a few words.
struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// GETs over HTTP/1.1 connections that are kept open. Called from many threads at once; after a fork each
/// process has connections of its own.
class Client {
 public:
  virtual ~Client() = default;

  /// What would otherwise be done by the first request: looks up the server's name. Called before any fork.
  virtual void prepare() const {}

  /// The whole body of the answer. Ends within the client's timeout. Throws Failure.
  virtual std::string get(const std::string& url) const = 0;

  /// The same on the io_context that it is awaited on, whose connections are kept in a service of it.
  virtual boost::asio::awaitable<std::string> get_async(const std::string& url) const = 0;
};

/// libcurl: http and https, redirections; easy handles, or its multi interface on an io_context.
std::unique_ptr<Client> make_curl_client(std::chrono::nanoseconds timeout);

/// The least that HTTP/1.1 asks for, on plain sockets or Asio's: one server, http only, no redirections.
/// Throws runoff::InvalidParameter for a URL of https.
std::unique_ptr<Client> make_socket_client(const std::string& server_url, std::chrono::nanoseconds timeout);

}  // namespace http
