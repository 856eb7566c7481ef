#include "pace.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <thread>

namespace {

[[noreturn]] void fail(const std::string& file) {
  throw std::runtime_error("cannot use '" + file + "': " + std::generic_category().message(errno));
}

}  // namespace

Pace::~Pace() {
  if (shared_ != nullptr) ::munmap(shared_, sizeof(Shared));
}

void Pace::make() const {
  const int descriptor = ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) fail(file_);
  const Shared zero{};
  const bool written = ::pwrite(descriptor, &zero, sizeof(zero), 0) == sizeof(zero);
  ::close(descriptor);
  if (!written) fail(file_);
}

Pace::Shared& Pace::shared() const {
  std::call_once(once_, [this] {
    const int descriptor = ::open(file_.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0) fail(file_);
    void* const memory = ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    ::close(descriptor);
    if (memory == MAP_FAILED) fail(file_);
    shared_ = static_cast<Shared*>(memory);
  });
  return *shared_;
}

Pace::Clock::time_point Pace::next() const {
  using std::chrono::nanoseconds;
  Shared& all = shared();
  const std::uint64_t request = all.requests.fetch_add(1, std::memory_order_relaxed);
  const std::uint64_t execution = request / tasks_;
  const std::uint64_t place = request % tasks_;
  if (place == 0) {
    all.start_ns.store(nanoseconds(Clock::now().time_since_epoch()).count(), std::memory_order_relaxed);
    all.begun.store(execution + 1, std::memory_order_release);
  }
  // Only for the moment between those two lines and the count, on another worker. Acquire: the start.
  while (all.begun.load(std::memory_order_acquire) <= execution) std::this_thread::yield();
  const auto start = nanoseconds(all.start_ns.load(std::memory_order_relaxed));
  const auto offset =
      nanoseconds(static_cast<std::int64_t>(static_cast<double>(place) * 1e9 / static_cast<double>(rate_)));
  return Clock::time_point(std::chrono::duration_cast<Clock::duration>(start + offset));
}
