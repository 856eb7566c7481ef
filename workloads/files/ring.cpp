#include "ring.h"

#include <fcntl.h>
#include <liburing.h>
#include <sys/eventfd.h>
#include <sys/stat.h>

#include <array>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <system_error>
#include <utility>

namespace asio = boost::asio;

namespace files {
namespace {

constexpr std::array needed{IORING_OP_OPENAT,  IORING_OP_READ,  IORING_OP_WRITEV,  IORING_OP_FSYNC,
                            IORING_OP_FADVISE, IORING_OP_CLOSE, IORING_OP_RENAMEAT};

std::string look_for_io_uring() {
  io_uring ring;
  if (const int result = ::io_uring_queue_init(1, &ring, 0); result < 0)
    return "no io_uring: io_uring_setup: " + std::generic_category().message(-result);
  io_uring_probe* probe = ::io_uring_get_probe_ring(&ring);
  bool all = probe != nullptr;
  for (const auto operation : needed) all = all && ::io_uring_opcode_supported(probe, operation) != 0;
  ::io_uring_free_probe(probe);
  ::io_uring_queue_exit(&ring);
  return all ? "" : "no io_uring that renames files: that takes Linux 5.11 or later";
}

void check(int result, const char* what) {
  if (result < 0) throw std::system_error(-result, std::generic_category(), what);
}

/// The coroutine that waits for a call.
struct Waiting {
  virtual ~Waiting() = default;
  virtual void resume(int result) = 0;
};

template <class Handler>
struct WaitingFor final : Waiting {
  explicit WaitingFor(Handler to_resume) : handler(std::move(to_resume)) {}
  void resume(int result) override {
    // Not at once: the coroutine that waits may not even be suspended yet.
    const auto executor = asio::get_associated_executor(handler);
    asio::post(executor, [handler = std::move(handler), result]() mutable { std::move(handler)(result); });
  }
  Handler handler;
};

}  // namespace

asio::execution_context::id Ring::id;

/// The kernel's two queues, and a descriptor that becomes readable when calls have ended.
class Ring::Queues {
 public:
  explicit Queues(asio::io_context& context) : event_(context) {
    check(::io_uring_queue_init(entries, &ring_, 0), "io_uring_setup");
    const int descriptor = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    const int error = descriptor < 0 ? -errno : ::io_uring_register_eventfd(&ring_, descriptor);
    if (error < 0) {
      if (descriptor >= 0) ::close(descriptor);
      ::io_uring_queue_exit(&ring_);
      check(error, "io_uring's eventfd");
    }
    event_.assign(descriptor);
  }
  Queues(const Queues&) = delete;
  Queues& operator=(const Queues&) = delete;

  /// Waits for calls that are still under way, as the kernel uses their memory, and forgets the coroutines
  /// that await them.
  ~Queues() {
    while (under_way_ > 0) {
      ::io_uring_submit(&ring_);
      io_uring_cqe* ended = nullptr;
      if (const int result = ::io_uring_wait_cqe(&ring_, &ended); result == -EINTR)
        continue;
      else if (result < 0)
        break;
      take(ended);
    }
    ::io_uring_queue_exit(&ring_);
  }

  template <class Prepare>
  void begin(const Prepare& prepare, std::unique_ptr<Waiting> waiting) {
    io_uring_sqe* entry = ::io_uring_get_sqe(&ring_);
    if (entry == nullptr) {
      ::io_uring_submit(&ring_);
      entry = ::io_uring_get_sqe(&ring_);
    }
    if (entry == nullptr) return waiting->resume(-EBUSY);
    prepare(entry);
    ::io_uring_sqe_set_data(entry, waiting.release());
    ++under_way_;
    submit();
    watch();
  }

 private:
  static constexpr unsigned entries = 1024;

  /// What the kernel cannot take now stays in the queue.
  void submit() {
    if (::io_uring_submit(&ring_) >= 0 || retrying_) return;
    retrying_ = true;
    asio::post(event_.get_executor(), [this] {
      retrying_ = false;
      submit();
    });
  }

  /// As long as nothing is under way nothing is watched, or the loop would never run out of work.
  void watch() {
    if (watching_ || under_way_ == 0) return;
    watching_ = true;
    event_.async_wait(event_.wait_read, [this](boost::system::error_code error) {
      if (error) return;  // the loop is being taken down
      watching_ = false;
      eventfd_t ignored;
      ::eventfd_read(event_.native_handle(), &ignored);
      io_uring_cqe* ended = nullptr;
      while (::io_uring_peek_cqe(&ring_, &ended) == 0) {
        const int result = ended->res;
        take(ended)->resume(result);
      }
      watch();
    });
  }

  std::unique_ptr<Waiting> take(io_uring_cqe* ended) {
    std::unique_ptr<Waiting> waiting(static_cast<Waiting*>(::io_uring_cqe_get_data(ended)));
    ::io_uring_cqe_seen(&ring_, ended);
    --under_way_;
    return waiting;
  }

  io_uring ring_;
  asio::posix::stream_descriptor event_;
  std::size_t under_way_ = 0;
  bool watching_ = false;
  bool retrying_ = false;
};

const std::string& Ring::missing() {
  static const std::string why = look_for_io_uring();
  return why;
}

Ring::Ring(asio::execution_context& context)
    : service(context), queues_(std::make_unique<Queues>(static_cast<asio::io_context&>(context))) {}
Ring::~Ring() = default;
void Ring::shutdown() { queues_.reset(); }

template <class Prepare>
Ring::Result Ring::call(Prepare prepare) {
  return asio::async_initiate<const asio::use_awaitable_t<>, void(int)>(
      [this, prepare](auto handler) {
        using Handler = std::decay_t<decltype(handler)>;
        queues_->begin(prepare, std::make_unique<WaitingFor<Handler>>(std::move(handler)));
      },
      asio::use_awaitable);
}

Ring::Result Ring::open(const char* path, int flags) {
  return call([=](io_uring_sqe* entry) {
    ::io_uring_prep_openat(entry, AT_FDCWD, path, flags | O_CLOEXEC, S_IRUSR | S_IWUSR);
  });
}
Ring::Result Ring::read(int file, std::span<std::byte> buffer, std::uint64_t offset) {
  return call([=](io_uring_sqe* entry) {
    ::io_uring_prep_read(entry, file, buffer.data(), static_cast<unsigned>(buffer.size()), offset);
  });
}
Ring::Result Ring::write(int file, std::span<const iovec> pieces, std::uint64_t offset) {
  return call([=](io_uring_sqe* entry) {
    ::io_uring_prep_writev(entry, file, pieces.data(), static_cast<unsigned>(pieces.size()), offset);
  });
}
Ring::Result Ring::fsync(int file) {
  return call([=](io_uring_sqe* entry) { ::io_uring_prep_fsync(entry, file, 0); });
}
Ring::Result Ring::drop_from_cache(int file) {
  return call([=](io_uring_sqe* entry) { ::io_uring_prep_fadvise(entry, file, 0, 0, POSIX_FADV_DONTNEED); });
}
Ring::Result Ring::close(int file) {
  return call([=](io_uring_sqe* entry) { ::io_uring_prep_close(entry, file); });
}
Ring::Result Ring::rename(const char* from, const char* to) {
  return call([=](io_uring_sqe* entry) { ::io_uring_prep_renameat(entry, AT_FDCWD, from, AT_FDCWD, to, 0); });
}

}  // namespace files
