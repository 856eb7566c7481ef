#pragma once

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <system_error>
#include <type_traits>
#include <utility>

#include "runoff/scheduling/cache_line.h"

namespace runoff {

/// Memory that the harness, the workload and the backend share, and that every worker process sees: a forked
/// one by inheritance, a spawned one through `descriptor()`. Claims are handed out in order and start out as
/// zeros. A process that attaches and makes the same claims in the same order gets the same memory, perhaps
/// at another address: keep offsets in it, never pointers, and only types for which all zeros is a valid
/// start.
class Memory {
 public:
  /// New, zeroed memory. Pages cost nothing until they are touched. Throws std::system_error.
  static Memory create() {
    const int descriptor = ::memfd_create("runoff", MFD_CLOEXEC);
    if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "memfd_create");
    return create_in(descriptor);
  }

  /// The same in an empty file in memory. Takes ownership of the descriptor.
  static Memory create_in(int descriptor) {
    const std::size_t capacity = reservation();
    if (::ftruncate(descriptor, static_cast<off_t>(capacity)) != 0) {
      const int error = errno;
      ::close(descriptor);
      throw std::system_error(error, std::generic_category(), "shared memory" + limit_text());
    }
    return Memory(descriptor, capacity, false);
  }

  /// The same in a file in memory that others had, whose pages stay. What they wrote is gone from what is
  /// claimed. Takes ownership of the descriptor.
  static Memory reuse(int descriptor) {
    Memory memory = create_in(descriptor);
    memory.reused_ = true;
    return memory;
  }

  /// The memory of another process. Takes ownership of the descriptor.
  static Memory attach(int descriptor) {
    const off_t capacity = ::lseek(descriptor, 0, SEEK_END);
    if (capacity <= 0) throw std::system_error(errno, std::generic_category(), "attach to shared memory");
    return Memory(descriptor, static_cast<std::size_t>(capacity), true);
  }

  Memory(Memory&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)),
        base_(std::exchange(other.base_, nullptr)),
        capacity_(other.capacity_),
        used_(other.used_),
        attached_(other.attached_),
        reused_(other.reused_) {}
  Memory& operator=(Memory&&) = delete;
  ~Memory() {
    if (base_ != nullptr) ::munmap(base_, capacity_);
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  /// Claims `size` bytes, which are zero at first. Throws std::bad_alloc beyond what the machine could ever
  /// hold, or a limit of address space (`ulimit -v`) leaves room for.
  std::byte* bytes(std::size_t size, std::size_t alignment = cache_line) {
    std::byte* claimed = bytes_to_fill(size, alignment);
    if (reused_) clear(static_cast<std::size_t>(claimed - base_));
    return claimed;
  }

  /// The same with anything in it: for what is written whole before it is read, which saves clearing it.
  std::byte* bytes_to_fill(std::size_t size, std::size_t alignment = cache_line) {
    const std::size_t first = (used_ + alignment - 1) / alignment * alignment;
    if (first > capacity_ || size > capacity_ - first) throw std::bad_alloc();
    used_ = first + size;
    ask_for_huge_pages(first, used_);
    return base_ + first;
  }

  /// Claims `count` elements, each zero at first.
  template <class T>
  std::span<T> array(std::size_t count) {
    return {reinterpret_cast<T*>(bytes(size_of<T>(count), alignment_of<T>)), count};
  }

  /// Claims `count` elements with anything in them at first: for an array that `fill` writes whole.
  template <class T>
  std::span<T> array_to_fill(std::size_t count) {
    return {reinterpret_cast<T*>(bytes_to_fill(size_of<T>(count), alignment_of<T>)), count};
  }

  /// Claims one object, all zeros at first.
  template <class T>
  T& object() {
    return array<T>(1).front();
  }

  /// Touches these pages at once, which is much cheaper than one fault each. Best effort.
  static void populate(std::span<const std::byte> claimed) {
#ifdef MADV_POPULATE_WRITE
    const auto size = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto first = reinterpret_cast<std::uintptr_t>(claimed.data()) / size * size;
    const auto last = reinterpret_cast<std::uintptr_t>(claimed.data() + claimed.size());
    ::madvise(reinterpret_cast<void*>(first), last - first, MADV_POPULATE_WRITE);
#endif
  }

  /// How many can be claimed in all.
  std::size_t capacity() const { return capacity_; }
  /// "38.1 GiB", "8.0 MiB", "0.5 KiB"
  static std::string size_text(std::size_t bytes) {
    const int unit = bytes < std::size_t{1} << 20 ? 10 : bytes < std::size_t{1} << 30 ? 20 : 30;
    const std::size_t whole = bytes >> unit, tenths = ((bytes - (whole << unit)) * 10) >> unit;
    const char* const name = unit == 10 ? " KiB" : unit == 20 ? " MiB" : " GiB";
    return std::to_string(whole) + "." + std::to_string(tenths) + name;
  }
  /// " (ulimit -v is 38.1 GiB)"; empty where address space has no limit.
  static std::string limit_text() {
    const auto space = limit_of(RLIMIT_AS), file = limit_of(RLIMIT_FSIZE);
    if (file && (!space || *file < *space)) return " (ulimit -f is " + size_text(*file) + ")";
    return space ? " (ulimit -v is " + size_text(*space) + ")" : "";
  }
  /// Bytes claimed so far.
  std::size_t used() const { return used_; }
  std::span<const std::byte> claimed() const { return {base_, used_}; }
  /// A file descriptor (close-on-exec) of the memory, to be passed to a spawned process.
  int descriptor() const { return descriptor_; }
  /// True in a process that attached: what was claimed before is filled already.
  bool attached() const { return attached_; }

 private:
  template <class T>
  static constexpr std::size_t alignment_of = std::max(alignof(T), cache_line);

  template <class T>
  std::size_t size_of(std::size_t count) const {
    static_assert(std::is_trivially_destructible_v<T>);
    if (count > capacity_ / sizeof(T)) throw std::bad_alloc();
    return count * sizeof(T);
  }

  /// What was claimed from `first` on, as far as anything was ever written there.
  void clear(std::size_t first) {
    const auto last = static_cast<off_t>(used_);
    for (auto data = static_cast<off_t>(first);
         (data = ::lseek(descriptor_, data, SEEK_DATA)) >= 0 && data < last;) {
      const off_t hole = std::min(::lseek(descriptor_, data, SEEK_HOLE), last);
      std::memset(base_ + data, 0, static_cast<std::size_t>(hole - data));
      data = hole;
    }
  }

  // The huge page of most machines, which is a multiple of every other.
  static constexpr std::size_t page = std::size_t{1} << 21;

  /// Small pages lie anew in every process, and how they share caches and translations decides how fast it
  /// walks them. Huge pages leave less to luck. Small claims have none, which would take more memory. Best
  /// effort.
  void ask_for_huge_pages(std::size_t first, std::size_t last) {
    const std::size_t begin = (first + page - 1) / page * page, end = last / page * page;
    if (begin < end) ::madvise(base_ + begin, end - begin, MADV_HUGEPAGE);
  }

  Memory(int descriptor, std::size_t capacity, bool attached)
      : descriptor_(descriptor), capacity_(capacity), attached_(attached) {
    try {
      base_ = map(descriptor, capacity);
    } catch (...) {
      ::close(descriptor);
      throw;
    }
  }

  /// At a multiple of a huge page, where alone the kernel can map one.
  static std::byte* map(int descriptor, std::size_t capacity) {
    void* room =
        ::mmap(nullptr, capacity + page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (room == MAP_FAILED) refuse(capacity);
    auto* first = static_cast<std::byte*>(room);
    const std::size_t before = (page - reinterpret_cast<std::uintptr_t>(room) % page) % page;
    ::munmap(first, before);
    ::munmap(first + before + capacity, page - before);
    void* base = ::mmap(first + before, capacity, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_NORESERVE | MAP_FIXED, descriptor, 0);
    if (base == MAP_FAILED) refuse(capacity);
    return static_cast<std::byte*>(base);
  }

  [[noreturn]] static void refuse(std::size_t capacity) {
    throw std::system_error(errno, std::generic_category(),
                            "mmap of " + size_text(capacity) + " of shared memory" + limit_text());
  }

  static std::optional<std::size_t> limit_of(__rlimit_resource_t resource) {
    rlimit limit{};
    if (::getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return std::nullopt;
    return limit.rlim_cur;
  }

  /// What is in use of it already, by libraries, stacks and all; 0 where it cannot be told.
  static std::size_t address_space_used() {
    unsigned long pages = 0;
    if (std::FILE* file = std::fopen("/proc/self/statm", "re")) {
      if (std::fscanf(file, "%lu", &pages) != 1) pages = 0;
      std::fclose(file);
    }
    return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  }

  // Address space is free, so one mapping for all that could ever fit spares every later remapping. Where it
  // has a limit, half of the rest is left to stacks, allocators and runtimes. A limit of the size of files
  // holds for this one too.
  static std::size_t reservation() {
    struct sysinfo info {};
    ::sysinfo(&info);
    const std::size_t physical = static_cast<std::size_t>(info.totalram) * info.mem_unit;
    std::size_t all = (std::max(2 * physical, std::size_t{1} << 32) / page + 1) * page;
    if (const auto file = limit_of(RLIMIT_FSIZE))
      all = std::min(all, std::max(*file / page, std::size_t{1}) * page);
    const auto limit = limit_of(RLIMIT_AS);
    if (!limit) return all;
    const std::size_t rest = *limit - std::min(*limit, address_space_used());
    return std::min(all, std::max(rest / 2 / page, std::size_t{1}) * page);
  }

  int descriptor_ = -1;
  std::byte* base_ = nullptr;
  std::size_t capacity_ = 0;
  std::size_t used_ = 0;
  bool attached_ = false;
  bool reused_ = false;
};

}  // namespace runoff
