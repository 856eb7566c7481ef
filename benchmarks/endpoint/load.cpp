#include "load.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <stdexcept>

namespace {

using Clock = std::chrono::steady_clock;

}  // namespace

Clients::Clients(std::uint16_t port, const std::string& target, std::size_t connections)
    : request_("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      buffer_(256 << 10) {
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_port = htons(port);
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (std::size_t i = 0; i < connections; ++i) {
    Client client{runoff::Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))};
    if (::connect(client.socket.get(), reinterpret_cast<const sockaddr*>(&place), sizeof(place)) != 0)
      throw std::runtime_error("a connection is refused");
    const int on = 1;
    ::setsockopt(client.socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    clients_.push_back(std::move(client));
  }
  for (std::size_t i = 0; i < connections; ++i) {
    epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, clients_[i].socket.get(), &event);
    ask(clients_[i]);
  }
}

std::uint64_t Clients::run(std::chrono::nanoseconds time) {
  std::array<epoll_event, 256> events;
  std::uint64_t answers = 0;
  for (const auto end = Clock::now() + time; Clock::now() < end;) {
    const int count = ::epoll_wait(epoll_.get(), events.data(), events.size(), 10);
    for (int i = 0; i < count; ++i) answers += read(clients_[events[static_cast<std::size_t>(i)].data.u64]);
  }
  return answers;
}

void Clients::ask(const Client& client) const {
  if (::send(client.socket.get(), request_.data(), request_.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(request_.size()))
    throw std::runtime_error("a connection is lost");
}

unsigned Clients::read(Client& client) {
  const ssize_t count = ::recv(client.socket.get(), buffer_.data(), buffer_.size(), MSG_DONTWAIT);
  if (count < 0 && errno == EAGAIN) return 0;
  if (count <= 0) throw std::runtime_error("a connection is lost");
  if (answer_length_ == 0) answer_length_ = length_of({buffer_.data(), static_cast<std::size_t>(count)});
  client.received += static_cast<std::uint64_t>(count);
  if (client.received < answer_length_) return 0;
  if (client.received > answer_length_) throw std::runtime_error("an answer is longer than the first");
  client.received = 0;
  ask(client);
  return 1;
}

std::uint64_t Clients::length_of(std::string_view answer) const {
  constexpr std::string_view field = "Content-Length: ";
  const std::size_t head = answer.find("\r\n\r\n");
  const std::size_t at = answer.find(field);
  if (!answer.starts_with("HTTP/1.1 200") || head == answer.npos || at == answer.npos)
    throw std::runtime_error("the first answer is not as it should be: " + std::string(answer.substr(0, 80)));
  std::uint64_t length = 0;
  std::from_chars(answer.data() + at + field.size(), answer.data() + head, length);
  return head + 4 + length;
}
