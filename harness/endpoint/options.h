#pragma once

#include <optional>

#include "endpoint/behaviour.h"
#include "endpoint/limits.h"
#include "endpoint/types.h"

namespace runoff::endpoint {

struct Options {
  asio::ip::address address = asio::ip::address_v4::loopback();
  std::uint16_t port = 0;
  unsigned threads = 1;
  Behaviour behaviour;
  Limits limits;
};

/// Reads the command line. Nothing where the process is to end now with `status`: after --help or an error.
std::optional<Options> read_options(int count, char** arguments, int& status);

}  // namespace runoff::endpoint
