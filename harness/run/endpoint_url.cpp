#include "run/endpoint_url.h"

#include <fmt/format.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>

#include "support/descriptor.h"
#include "support/errors.h"

namespace runoff {
namespace {

constexpr int patience_ms = 5000;

/// 0, or the number of what went wrong.
int try_to_connect(const addrinfo& place) {
  const Descriptor socket(
      ::socket(place.ai_family, place.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, place.ai_protocol));
  if (socket.get() < 0) return errno;
  if (::connect(socket.get(), place.ai_addr, place.ai_addrlen) == 0) return 0;
  if (errno != EINPROGRESS) return errno;
  pollfd wait{socket.get(), POLLOUT, 0};
  if (::poll(&wait, 1, patience_ms) <= 0) return ETIMEDOUT;
  int error = 0;
  socklen_t size = sizeof(error);
  ::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size);
  return error;
}

}  // namespace

EndpointUrl parse_endpoint_url(const std::string& text) {
  const auto refuse = [&text](const char* why) -> UsageError {
    return UsageError(
        fmt::format("--endpoint '{}': {}; it takes a URL such as http://127.0.0.1:8080 or "
                    "https://example.org/folder",
                    text, why));
  };
  EndpointUrl url{text, {}, {}};
  std::string rest;
  const std::size_t scheme = std::min(url.text.find("://"), url.text.size());
  std::transform(url.text.begin(), url.text.begin() + static_cast<std::ptrdiff_t>(scheme), url.text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (url.text.starts_with("http://")) {
    url.port = "80";
    rest = url.text.substr(7);
  } else if (url.text.starts_with("https://")) {
    url.port = "443";
    rest = url.text.substr(8);
  } else {
    throw refuse("it does not begin with http:// or https://");
  }
  while (rest.ends_with('/')) rest.pop_back(), url.text.pop_back();
  if (std::any_of(rest.begin(), rest.end(), [](unsigned char c) { return c <= ' ' || c >= 0x7f; }))
    throw refuse(
        "it holds a blank or a character that must be percent-encoded, or in the host be written as xn--...");
  if (rest.find_first_of("?#") != rest.npos) throw refuse("a query or a fragment cannot be part of it");
  std::string place = rest.substr(0, rest.find('/'));
  if (place.find('@') != place.npos) throw refuse("a user name cannot be part of it");

  const std::size_t bracket = place.starts_with('[') ? place.find(']') : 0;
  if (bracket == place.npos) throw refuse("its '[' has no ']'");
  const std::size_t colon = place.find(':', bracket);
  if (colon != place.npos) {
    url.port = place.substr(colon + 1);
    unsigned port = 0;
    const char* end = url.port.data() + url.port.size();
    const auto [read, error] = std::from_chars(url.port.data(), end, port);
    if (error != std::errc{} || read != end || port < 1 || port > 65535)
      throw refuse("its port is no number from 1 to 65535");
  }
  url.host = bracket > 0 ? place.substr(1, bracket - 1) : place.substr(0, colon);
  if (url.host.empty()) throw refuse("it names no host");
  return url;
}

void require_reachable(const EndpointUrl& url) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int error = ::getaddrinfo(url.host.c_str(), url.port.c_str(), &hints, &found); error != 0)
    throw MachineError(fmt::format("--endpoint {}: cannot find the host '{}': {}", url.text, url.host,
                                   ::gai_strerror(error)));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> places(found, &::freeaddrinfo);
  int error = 0;
  for (const addrinfo* place = found; place != nullptr; place = place->ai_next)
    if ((error = try_to_connect(*place)) == 0) return;
  throw MachineError(
      fmt::format("--endpoint {}: cannot connect to {} port {}: {}; start the server, or leave "
                  "--endpoint out to use runoff's own",
                  url.text, url.host, url.port, std::strerror(error)));
}

}  // namespace runoff
