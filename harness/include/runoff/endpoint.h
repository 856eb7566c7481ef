#pragma once

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace runoff {

/// The HTTP server that a workload's requests go to. A workload that needs one says so (`.endpoint = true`);
/// runoff starts its own, or takes what --endpoint names, and tells every process of the cell by its
/// environment. A workload is also made where there is none, to ask how much memory it needs: read it in
/// `fill` and when tasks run, not when it is made.
struct Endpoint {
  std::string url;        ///< "http://127.0.0.1:8080", without a slash at the end
  bool built_in = false;  ///< runoff's own, which takes its latency and size from the request

  static constexpr const char* url_variable = "RUNOFF_ENDPOINT";
  static constexpr const char* built_in_variable = "RUNOFF_ENDPOINT_BUILT_IN";

  /// Throws std::runtime_error where none is named.
  static Endpoint from_environment() {
    const char* url = std::getenv(url_variable);
    if (url == nullptr || *url == '\0')
      throw std::runtime_error(std::string("no endpoint: 'runoff run' starts one; elsewhere set ") +
                               url_variable + " to a server's URL, such as that of 'runoff serve'");
    const char* built_in = std::getenv(built_in_variable);
    Endpoint endpoint{url, built_in != nullptr && std::string(built_in) == "1"};
    while (endpoint.url.ends_with('/')) endpoint.url.pop_back();
    return endpoint;
  }
};

}  // namespace runoff
