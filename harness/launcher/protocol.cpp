#include "launcher/protocol.h"

#include <sys/socket.h>

#include <cerrno>
#include <nlohmann/json.hpp>

namespace runoff {
namespace {

using nlohmann::json;

std::string cbor(const json& message) {
  std::string packet;
  json::to_cbor(message, packet);
  return packet;
}

}  // namespace

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Greeting, error)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Request, arguments, environment, limit_ns, failures, more)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Answer, error, how, exit_code, signal, timed_out, at_the_limit, gave_up,
                                   stopped, wall_ns, cpu_ns, output, left)

std::string to_packet(const Greeting& message) { return cbor(message); }
std::string to_packet(const Request& message) { return cbor(message); }
// A dying program may print anything, and others take it for text: bytes that are no UTF-8 are replaced.
std::string to_packet(const Answer& message) {
  return cbor(json::parse(json(message).dump(-1, ' ', false, json::error_handler_t::replace)));
}

template <class Message>
Message parse_message(const std::string& packet) {
  return json::from_cbor(packet).get<Message>();
}
template Greeting parse_message(const std::string&);
template Request parse_message(const std::string&);
template Answer parse_message(const std::string&);

bool send_packet(int socket, const std::string& packet) {
  ssize_t sent = 0;
  do sent = ::send(socket, packet.data(), packet.size(), MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent == static_cast<ssize_t>(packet.size());
}

std::optional<std::string> receive_packet(int socket) {
  ssize_t size = 0;
  // A look first: a packet that does not fit its buffer would be cut.
  do size = ::recv(socket, nullptr, 0, MSG_PEEK | MSG_TRUNC);
  while (size < 0 && errno == EINTR);
  if (size <= 0) return std::nullopt;
  std::string packet(static_cast<std::size_t>(size), '\0');
  if (::recv(socket, packet.data(), packet.size(), 0) != size) return std::nullopt;
  return packet;
}

}  // namespace runoff
