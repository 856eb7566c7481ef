#include "failure.h"

#include <cerrno>
#include <cstring>

namespace http::failure {
namespace {

std::string written(std::chrono::nanoseconds limit) {
  const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(limit).count();
  return milliseconds % 1000 == 0 ? std::to_string(milliseconds / 1000) + "s"
                                  : std::to_string(milliseconds) + "ms";
}

}  // namespace

std::string status(long code, const std::string& url) {
  return "HTTP status " + std::to_string(code) + ": " + url;
}

std::string no_address(const std::string& host) { return "no address for host " + host; }

std::string connection(int error, const std::string& server) {
  if (error == ECONNREFUSED) return "connection refused by " + server;
  if (error == ECONNRESET || error == EPIPE) return "connection reset by " + server;
  return "connection to " + server + " failed: " + std::strerror(error);
}

std::string connect_timeout(const std::string& server, std::chrono::nanoseconds limit) {
  return "no connection to " + server + " within " + written(limit);
}

std::string timeout(const std::string& server, std::chrono::nanoseconds limit) {
  return "no whole answer from " + server + " within " + written(limit);
}

std::string no_answer(const std::string& server) {
  return "connection closed without an answer by " + server;
}

std::string cut_short(std::uint64_t got, std::optional<std::uint64_t> all) {
  return "transfer ended early: " + std::to_string(got) + (all ? " of " + std::to_string(*all) : "") +
         " bytes";
}

std::string cut_short_in_head() { return "transfer ended early: within the header"; }

}  // namespace http::failure
