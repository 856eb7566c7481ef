#include "endpoint/connection.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace runoff::endpoint {
namespace {

constexpr std::chrono::seconds linger_limit{2};

const char* phrase(unsigned status) {
  switch (status) {
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 405:
      return "Method Not Allowed";
    case 413:
      return "Content Too Large";
    case 431:
      return "Request Header Fields Too Large";
    case 503:
      return "Service Unavailable";
    default:
      return "Internal Server Error";
  }
}

Answer error_answer(unsigned status, std::string text, bool head_only) {
  Answer answer;
  answer.status = status;
  answer.error = std::move(text);
  answer.head_only = head_only;
  return answer;
}

std::string head_of(const Answer& answer, std::uint64_t length, bool keeps_alive, bool is_old) {
  std::string head = fmt::format("HTTP/1.1 {} {}\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n",
                                 answer.status, phrase(answer.status), length);
  if (answer.status == 405) head += "Allow: GET, HEAD\r\n";
  if (!keeps_alive)
    head += "Connection: close\r\n";
  else if (is_old)
    head += "Connection: keep-alive\r\n";
  return head + "\r\n";
}

}  // namespace

// GCC 12 makes wrong code of a co_await beside && or ?:, and of temporaries in its arguments. So each stands
// alone in a statement here.
Awaitable<void> Connection::serve() {
  for (bool goes_on = true; goes_on;) {
    shared_.waiting.join(*this);
    goes_on = co_await receive();
    leave();
    if (goes_on) goes_on = co_await answer();
  }
}

Awaitable<void> Connection::refuse() {
  request_.emplace(shared_.defaults, shared_.limits.head_bytes);
  wait_at_most(linger_limit);
  const Answer full = error_answer(503, "too many connections\n", false);
  co_await send(full);
  co_await linger();
}

Awaitable<bool> Connection::receive() {
  request_.emplace(shared_.defaults, shared_.limits.head_bytes);
  if (!unread_.empty()) hold(std::string_view(unread_).substr(request_->read(unread_)));
  wait_at_most(unread_.empty() ? shared_.limits.idle : shared_.limits.time);
  bool begun = !unread_.empty();
  while (!request_->done()) {
    // First it waits, then it reads: so it holds no buffer while it waits.
    if (const auto [error] = co_await socket_.async_wait(Socket::wait_read, awaited); error) co_return false;
    Error error;
    const std::size_t count =
        socket_.read_some(asio::buffer(shared_.buffer.data(), shared_.buffer.size()), error);
    if (error == asio::error::would_block) continue;
    if (error) co_return false;
    std::string_view bytes(shared_.buffer.data(), count);
    std::string longer;
    if (!unread_.empty()) bytes = longer = unread_ + std::string(bytes);
    hold(bytes.substr(request_->read(bytes)));
    if (!there_is_room()) co_return false;
    // The whole head has this time from its first byte on, however slowly it comes.
    if (!begun) wait_at_most(shared_.limits.time);
    begun = true;
  }
  co_return true;
}

bool Connection::there_is_room() {
  while (shared_.held > shared_.limits.held_bytes) {
    const auto oldest = static_cast<Connection*>(shared_.waiting.first());
    if (oldest == nullptr || oldest == this) return false;
    oldest->close();
  }
  return true;
}

Awaitable<bool> Connection::answer() {
  const Answer& wanted = request_->answer();
  wait_at_most(wanted.latency + shared_.limits.time);
  if (wanted.latency > std::chrono::nanoseconds::zero()) {
    Timer timer(socket_.get_executor(), wanted.latency);
    co_await timer.async_wait(awaited);
  }
  if (wanted.failure == RequestFailure::stall) {
    co_await discard();
    co_return false;
  }
  if (wanted.failure == RequestFailure::reset) {
    reset();
    co_return false;
  }
  const bool half = wanted.failure == RequestFailure::truncated;
  Answer said = wanted;
  if (wanted.failure == RequestFailure::status)
    said = error_answer(500, "this path fails\n", wanted.head_only);
  const bool sent = co_await send(said, half);
  const bool goes_on = sent && !half && request_->keeps_alive();
  if (sent && !goes_on) co_await linger();
  co_return goes_on;
}

Awaitable<bool> Connection::send(const Answer& answer, bool half) {
  const bool is_content = answer.status == 200;
  const std::uint64_t length = is_content ? answer.size : answer.error.size();
  const std::string head = head_of(answer, length, request_->keeps_alive(), request_->is_old());
  std::uint64_t all = head.size() + (answer.head_only ? 0 : length);
  if (half) all /= 2;
  for (std::uint64_t sent = 0; sent < all;) {
    auto part = shared_.buffer.first(std::min<std::uint64_t>(shared_.buffer.size(), all - sent));
    const auto whole = part;
    std::uint64_t from = sent;
    if (from < head.size()) {
      const std::size_t count = head.copy(part.data(), part.size(), from);
      part = part.subspan(count);
      from += count;
    }
    if (is_content)
      answer.content.write(from - head.size(), part);
    else
      answer.error.copy(part.data(), part.size(), from - head.size());
    Error error;
    sent += socket_.write_some(asio::buffer(whole.data(), whole.size()), error);
    if (error == asio::error::would_block)
      std::tie(error) = co_await socket_.async_wait(Socket::wait_write, awaited);
    if (error) co_return false;
  }
  co_return true;
}

/// Reads until the client goes or it is overdue.
Awaitable<void> Connection::discard() {
  Error error;
  while (!error || error == asio::error::would_block) {
    std::tie(error) = co_await socket_.async_wait(Socket::wait_read, awaited);
    if (!error) socket_.read_some(asio::buffer(shared_.buffer.data(), shared_.buffer.size()), error);
  }
}

/// A close with unread bytes would reset the connection, and the client might lose the answer.
Awaitable<void> Connection::linger() {
  Error error;
  socket_.shutdown(Socket::shutdown_send, error);
  wait_at_most(linger_limit);
  if (!error) co_await discard();
}

void Connection::reset() {
  Error ignored;
  socket_.set_option(Socket::linger(true, 0), ignored);
  socket_.close(ignored);
}

}  // namespace runoff::endpoint
