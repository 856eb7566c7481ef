#pragma once

#include <string>

namespace http {

/// The parts of an http or https URL.
struct Url {
  bool secure = false;  ///< https
  std::string host;     ///< a name or an address, without the brackets of IPv6, with its zone
  std::string port;     ///< in digits
  std::string origin;   ///< scheme, host and port as they are written: what comes before the path

  /// How messages name the server: "127.0.0.1:8080".
  std::string server() const;
};

/// Throws std::invalid_argument, which says in a few words what is wrong with it.
Url parse_url(const std::string& text);

}  // namespace http
