#pragma once

#include <string>

namespace runoff {

/// The server that --endpoint names.
struct EndpointUrl {
  std::string text;  ///< "https://example.org:8443/folder", without a slash at the end
  std::string host;
  std::string port;
};

/// Throws UsageError for what is no http or https URL, or has a query or a user name.
EndpointUrl parse_endpoint_url(const std::string& text);

/// Connects once. Throws MachineError when no server answers there within a few seconds.
void require_reachable(const EndpointUrl& url);

}  // namespace runoff
