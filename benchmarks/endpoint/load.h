#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "support/descriptor.h"

/// A closed loop of keep-alive connections to one server, each with one request at a time, on one thread.
class Clients {
 public:
  /// Connects all to 127.0.0.1 and asks for `target` once on each. Throws std::runtime_error.
  Clients(std::uint16_t port, const std::string& target, std::size_t connections);

  /// Goes on asking for so long; returns how many answers came. All must be whole and of one length: throws
  /// std::runtime_error where one is not, or a connection is lost.
  std::uint64_t run(std::chrono::nanoseconds time);

 private:
  struct Client {
    runoff::Descriptor socket;
    std::uint64_t received = 0;  // bytes of the answer that is coming
  };

  void ask(const Client& client) const;
  /// Answers that became whole: 0 or 1.
  unsigned read(Client& client);
  std::uint64_t length_of(std::string_view answer) const;

  std::string request_;
  runoff::Descriptor epoll_;
  std::vector<Client> clients_;
  std::vector<char> buffer_;
  std::uint64_t answer_length_ = 0;
};
