#include "launcher/turn_socket.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string>

namespace runoff {
namespace {

struct Address {
  sockaddr_un address{};
  socklen_t size = 0;
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&address); }
};

Address address_of(pid_t launcher) {
  Address made;
  made.address.sun_family = AF_UNIX;
  // A name that begins with a zero is no path.
  const std::string name = "runoff-turns-" + std::to_string(launcher);
  std::memcpy(made.address.sun_path + 1, name.data(), name.size());
  made.size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  return made;
}

}  // namespace

Descriptor listen_for_turns(pid_t launcher) {
  Descriptor socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const Address address = address_of(launcher);
  if (socket.get() < 0 || ::bind(socket.get(), address.get(), address.size) != 0 ||
      ::listen(socket.get(), SOMAXCONN) != 0)
    socket.close();
  return socket;
}

std::optional<TurnAsking> accept_asking(int listening) {
  TurnAsking asking{Descriptor(::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK))};
  ucred peer{};
  socklen_t size = sizeof(peer);
  if (asking.socket.get() < 0 ||
      ::getsockopt(asking.socket.get(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
    return std::nullopt;
  asking.process = peer.pid;
  return asking;
}

Descriptor connect_for_turns(pid_t launcher) {
  Descriptor socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
  const Address address = address_of(launcher);
  if (socket.get() >= 0 && ::connect(socket.get(), address.get(), address.size) != 0) socket.close();
  return socket;
}

bool ask_for_turn(int socket, std::uint32_t left) {
  return ::send(socket, &left, sizeof(left), MSG_NOSIGNAL) == sizeof(left);
}

std::optional<std::uint32_t> read_question(int socket) {
  std::uint32_t left = 0;
  if (::recv(socket, &left, sizeof(left), MSG_DONTWAIT | MSG_TRUNC) != sizeof(left)) return std::nullopt;
  return left;
}

void give_turn(int socket) { ::send(socket, "", 1, MSG_NOSIGNAL | MSG_DONTWAIT); }

bool await_turn(int socket) {
  char answer = 0;
  ssize_t size = 0;
  do size = ::recv(socket, &answer, 1, 0);
  while (size < 0 && errno == EINTR);
  return size == 1;
}

}  // namespace runoff
