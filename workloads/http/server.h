#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <mutex>
#include <string>
#include <vector>

#include "url.h"

namespace http {

/// The one server of a socket client: its name, its addresses, and how a request to it reads.
class Server {
 public:
  /// Throws runoff::InvalidParameter for anything but http.
  explicit Server(const std::string& url);

  const std::string& name() const { return name_; }

  /// Looked up once in a process, on the first call; this may take the resolver's time. Throws Failure.
  const std::vector<boost::asio::ip::tcp::endpoint>& addresses() const;

  std::string request(const std::string& url) const;

 private:
  Url url_;
  std::string name_;
  std::string host_field_;
  mutable std::once_flag looked_up_;
  mutable std::vector<boost::asio::ip::tcp::endpoint> addresses_;
};

}  // namespace http
