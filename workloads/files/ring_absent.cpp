#include <cerrno>

#include "ring.h"

// Where liburing is not there. No program gets as far as to make a ring.

namespace files {

boost::asio::execution_context::id Ring::id;

class Ring::Queues {};

const std::string& Ring::missing() {
  static const std::string why = "no io_uring: runoff was built without liburing (liburing-dev)";
  return why;
}

Ring::Ring(boost::asio::execution_context& context) : service(context) {}
Ring::~Ring() = default;
void Ring::shutdown() {}

Ring::Result Ring::open(const char*, int) { co_return -ENOSYS; }
Ring::Result Ring::read(int, std::span<std::byte>, std::uint64_t) { co_return -ENOSYS; }
Ring::Result Ring::write(int, std::span<const iovec>, std::uint64_t) { co_return -ENOSYS; }
Ring::Result Ring::fsync(int) { co_return -ENOSYS; }
Ring::Result Ring::drop_from_cache(int) { co_return -ENOSYS; }
Ring::Result Ring::close(int) { co_return -ENOSYS; }
Ring::Result Ring::rename(const char*, const char*) { co_return -ENOSYS; }

}  // namespace files
