#include "socket_connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "client.h"
#include "failure.h"

namespace http {

using boost::asio::ip::tcp;

namespace {

/// What a call returned that may wait; errno is the call's, whatever the observer did.
template <class Call>
ssize_t after_waiting(runoff::WaitObserver* observer, const Call& call) {
  ssize_t returned = 0;
  int error = 0;
  {
    const runoff::Waiting waits(observer);
    returned = call();
    error = errno;
  }
  errno = error;
  return returned;
}

}  // namespace

SocketConnection::SocketConnection(const Server& server, std::chrono::nanoseconds timeout,
                                   Clock::time_point deadline)
    : server_(server), timeout_(timeout) {
  int error = 0;
  for (const tcp::endpoint& address : server.addresses()) {
    error = connect(address, deadline);
    if (error == 0) break;
  }
  if (error == EINPROGRESS) throw Failure(failure::connect_timeout(server.name(), timeout));
  if (error != 0) throw Failure(failure::connection(error, server.name()));
  // One wait for an answer takes the timeout at most; only where an answer comes in pieces is it set anew.
  limit(SO_SNDTIMEO, Clock::now() + timeout);
  limit(SO_RCVTIMEO, Clock::now() + timeout);
}

SocketConnection::~SocketConnection() {
  if (socket_ >= 0) ::close(socket_);
}

/// 0 or the error; EINPROGRESS when the time was up.
int SocketConnection::connect(const tcp::endpoint& address, Clock::time_point deadline) {
  socket_ = ::socket(address.protocol().family(), SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket_ < 0) return errno;
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  limit(SO_SNDTIMEO, deadline);
  int error = 0;
  do error = ::connect(socket_, address.data(), static_cast<socklen_t>(address.size())) == 0 ? 0 : errno;
  while (error == EINTR);
  if (error == 0 || error == EISCONN) return 0;
  ::close(std::exchange(socket_, -1));
  return error == EALREADY ? EINPROGRESS : error;
}

void SocketConnection::limit(int option, Clock::time_point deadline) {
  // A microsecond at least: zero would mean for ever.
  const auto left = std::max(std::chrono::ceil<std::chrono::microseconds>(deadline - Clock::now()),
                             std::chrono::microseconds(1));
  timeval time{};
  time.tv_sec = left.count() / 1'000'000;
  time.tv_usec = left.count() % 1'000'000;
  ::setsockopt(socket_, SOL_SOCKET, option, &time, sizeof(time));
}

bool SocketConnection::send(const std::string& request, runoff::WaitObserver* observer) {
  for (std::size_t sent = 0; sent < request.size();) {
    const ssize_t n = after_waiting(observer, [&] {
      return ::send(socket_, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
    });
    if (n >= 0) {
      sent += static_cast<std::size_t>(n);
    } else if (errno != EINTR) {
      if (has_served_ && (errno == EPIPE || errno == ECONNRESET)) return false;
      fail(errno);
    }
  }
  return true;
}

bool SocketConnection::exchange(const std::string& request, Clock::time_point deadline,
                                runoff::WaitObserver* observer) {
  if (!send(request, observer)) return false;
  answer_.begin();
  for (bool whole = false, first = true; !whole; first = false) {
    if (!first) {
      if (Clock::now() >= deadline) fail(EAGAIN);
      limit(SO_RCVTIMEO, deadline);
    }
    const auto space = answer_.space();
    const ssize_t n = after_waiting(observer, [&] { return ::recv(socket_, space.data(), space.size(), 0); });
    if (n > 0) {
      whole = answer_.receive(static_cast<std::size_t>(n));
      if (whole && !first) limit(SO_RCVTIMEO, Clock::now() + timeout_);
    } else if (n == 0 || errno != EINTR) {
      const int error = n == 0 ? 0 : errno;
      if (!answer_.has_begun() && has_served_ && (error == 0 || error == ECONNRESET)) return false;
      if (error != 0) fail(error);
      if (!answer_.has_begun()) throw Failure(failure::no_answer(server_.name()));
      answer_.end();
      whole = true;
    }
  }
  has_served_ = true;
  return true;
}

void SocketConnection::fail(int error) {
  throw Failure(error == EAGAIN ? failure::timeout(server_.name(), timeout_)
                                : failure::connection(error, server_.name()));
}

}  // namespace http
