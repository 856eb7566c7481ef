#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "endpoint/latency.h"

namespace runoff::endpoint {

/// How a request fails, where its path is one of those that fail.
enum class RequestFailure {
  status,     ///< it is answered with status 500
  reset,      ///< the connection is reset
  stall,      ///< no answer, until the client goes or the time is up
  truncated,  ///< the connection closes half way through the answer
};

/// How the endpoint answers. What a request's query says holds before what the command line says.
struct Behaviour {
  static constexpr std::uint64_t most_size = std::uint64_t{1} << 30;

  Latency latency;
  std::uint64_t size = 16 << 10;  ///< bytes of content
  double failure = 0;             ///< share of the paths that fail
  RequestFailure failure_kind = RequestFailure::status;
  std::uint64_t seed = 1;

  /// Sets one of them by its name in a query: latency, size, failure, failure-kind, seed. Throws
  /// InvalidParameter.
  void set(std::string_view name, std::string_view value);

  /// Sets all that a query ("size=1KiB&seed=7", percent-encoded or not) names. Throws InvalidParameter.
  void set_all(std::string_view query);

  /// Whether requests for this path fail.
  bool fails(std::string_view path) const;
};

}  // namespace runoff::endpoint
