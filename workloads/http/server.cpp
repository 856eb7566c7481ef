#include "server.h"

#include <boost/asio/io_context.hpp>

#include "client.h"
#include "failure.h"

namespace http {

using boost::asio::ip::tcp;

Server::Server(const std::string& url)
    : url_(parse_url(url)),
      name_(url_.server()),
      host_field_(url_.origin.substr(url_.origin.find("://") + 3)) {
  if (url_.secure)
    throw runoff::InvalidParameter("client=socket speaks http only; client=curl also takes '" + url + "'");
}

const std::vector<tcp::endpoint>& Server::addresses() const {
  std::call_once(looked_up_, [this] {
    boost::asio::io_context context;
    boost::system::error_code error;
    for (const auto& entry : tcp::resolver(context).resolve(url_.host, url_.port, error))
      addresses_.push_back(entry.endpoint());
  });
  if (addresses_.empty()) throw Failure(failure::no_address(url_.host));
  return addresses_;
}

std::string Server::request(const std::string& url) const {
  const std::size_t path = url_.origin.size();
  const bool has_path = url.size() > path && url[path] == '/';
  std::string text;
  text.reserve(url.size() + host_field_.size() + 80);
  text.append("GET ").append(has_path ? "" : "/").append(url, path).append(" HTTP/1.1\r\nHost: ");
  text.append(host_field_).append("\r\nUser-Agent: runoff\r\nAccept: */*\r\n\r\n");
  return text;
}

}  // namespace http
