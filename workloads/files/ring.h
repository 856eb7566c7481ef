#pragma once

#include <sys/uio.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/execution_context.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace files {

/// An io_uring of an event loop, on which its coroutines await calls to the file system. Boost.Asio's own
/// files read and write that way as well, but block the loop when they open, sync or rename; here nothing
/// does. What a call is given must live until it has ended.
///
/// A service of an io_context that one thread runs: boost::asio::use_service<Ring>(context).
class Ring final : public boost::asio::execution_context::service {
 public:
  static boost::asio::execution_context::id id;
  using key_type = Ring;
  using Result = boost::asio::awaitable<int>;  ///< what the call returns; -errno where it failed

  /// Why there is no io_uring here; empty where there is one.
  static const std::string& missing();

  /// Throws std::system_error.
  explicit Ring(boost::asio::execution_context& context);
  ~Ring() override;

  Result open(const char* path, int flags);
  Result read(int file, std::span<std::byte> buffer, std::uint64_t offset);
  Result write(int file, std::span<const iovec> pieces, std::uint64_t offset);
  Result fsync(int file);
  Result drop_from_cache(int file);
  Result close(int file);
  Result rename(const char* from, const char* to);

 private:
  class Queues;

  template <class Prepare>
  Result call(Prepare prepare);
  void shutdown() override;

  std::unique_ptr<Queues> queues_;
};

}  // namespace files
