#include <sys/mman.h>

#include <array>
#include <boost/asio/this_coro.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "contents.h"
#include "file.h"
#include "ring.h"
#include "runoff/asynchronous.h"
#include "runoff/cell_folder.h"
#include "runoff/python_form.h"
#include "runoff/task_record.h"
#include "runoff/workload_plugin.h"

namespace {

using namespace files;
using boost::asio::awaitable;
using runoff::TaskRecord;

/// Two sums over 64-bit words, modulo 2^64: of the words, and of what the first was after each of them, as in
/// J. G. Fletcher's checksum (1982). The second tells one order from another. The last word is filled up with
/// zeros.
struct Digest {
  std::uint64_t sum = 0;
  std::uint64_t sum_of_sums = 0;
  bool operator==(const Digest&) const = default;

  void add(std::span<const std::uint64_t> words) {
    for (const std::uint64_t word : words) {
      sum += word;
      sum_of_sums += sum;
    }
  }
};

/// A piece of a file, on its way into the digest.
class Buffer {
 public:
  std::span<std::byte> bytes() { return std::as_writable_bytes(std::span(*words_)); }
  /// The first words, of which `size` bytes were read.
  std::span<const std::uint64_t> words(std::size_t size) {
    const std::size_t count = (size + sizeof(std::uint64_t) - 1) / sizeof(std::uint64_t);
    std::fill(bytes().begin() + static_cast<std::ptrdiff_t>(size),
              bytes().begin() + static_cast<std::ptrdiff_t>(count * sizeof(std::uint64_t)), std::byte{0});
    return std::span(*words_).first(count);
  }

 private:
  using Words = std::array<std::uint64_t, 8192>;
  std::unique_ptr<Words> words_ = std::make_unique_for_overwrite<Words>();
};

/// Task i reads file i from its beginning to its end.
class FileRead final : public runoff::Independent, public runoff::Asynchronous, public runoff::PythonForm {
 public:
  explicit FileRead(const runoff::Parameters& parameters)
      : contents_(static_cast<std::size_t>(parameters.count("files")),
                  static_cast<std::size_t>(parameters.bytes("size"))),
        cold_(parameters.text("cache") == "cold") {}

  std::size_t tasks() const override { return contents_.files(); }
  runoff::ResultLayout result() const override { return runoff::result_of<Read>(); }
  void layout(runoff::Memory& memory) override { contents_.layout(memory); }

  void fill(const runoff::Memory&) override {
    contents_.fill();
    folder_.make();
    for (std::size_t file = 0; file < tasks(); ++file) {
      // Only what is on the disk can be dropped from the cache.
      write_whole(folder_.path(), name_of(file), {contents_.of(file), {}}, cold_);
      if (cold_) drop(file);
    }
    if (cold_ && tasks() > 0 && contents_.size() > 0 && is_cached(0))
      throw runoff::Unsupported("cache=cold: the file system of '" + folder_.path() +
                                "' keeps its files in memory; set TMPDIR to a folder on a disk");
  }

  const TaskRecord* record(runoff::Results results, std::size_t slot) const override {
    return &results.at<Read>(slot).record;
  }

  void run(runoff::Range range, runoff::Results results) const override {
    Buffer buffer;
    for (std::size_t task = range.first; task < range.last; ++task) {
      Read& read = begin(task, results);
      const auto began = TaskRecord::Clock::now();
      try {
        const std::string name = name_of(task);
        const File file = [&] {
          const auto waits = waiting();
          return File(path_of(task), name, O_RDONLY);
        }();
        if (cold_) drop(file, name);
        for (;;) {
          const std::size_t size = [&] {
            const auto waits = waiting();
            return read_some(file.get(), name, buffer.bytes());
          }();
          read.digest.add(buffer.words(size));
          read.size += size;
          if (size < buffer.bytes().size()) break;
        }
        finish_task(read, began);
      } catch (const FileError& error) {
        read.record.failed(began, error.what());
      }
    }
  }

  const runoff::Asynchronous* asynchronous() const override {
    if (!Ring::missing().empty()) throw runoff::Unsupported(Ring::missing());
    return this;
  }

  awaitable<void> run_async(std::size_t task, runoff::Results results) const override {
    Read& read = begin(task, results);
    const auto began = TaskRecord::Clock::now();
    try {
      auto& ring = boost::asio::use_service<Ring>((co_await boost::asio::this_coro::executor).context());
      co_await read_async(ring, task, read);
      finish_task(read, began);
    } catch (const FileError& error) {
      read.record.failed(began, error.what());
    }
  }

  const runoff::PythonForm* python() const override { return this; }
  void take_python(const runoff::PythonAnswer& answer, runoff::Results results) const override {
    Read& read = begin(answer.task, results);
    read.record.measured(answer.latency, answer.failure);
    if (!answer.failure.empty()) return;
    runoff::PythonValue value(answer);
    read.size = value.number<std::uint64_t>();
    read.digest.sum = value.number<std::uint64_t>();
    read.digest.sum_of_sums = value.number<std::uint64_t>();
  }

  runoff::Check check(runoff::Results results) const override {
    for (std::size_t task = 0; task < tasks(); ++task) {
      const Read& read = results.at<Read>(task);
      if (read.task != task)
        return runoff::Check::wrong("task " + std::to_string(task) + " left no record of its own");
      if (!read.record.failure().empty()) continue;
      if (read.size != contents_.size() || read.digest != expected_digest(task))
        return runoff::Check::wrong("task " + std::to_string(task) + " did not read the " +
                                    std::to_string(contents_.size()) + " bytes of " + name_of(task));
    }
    return runoff::Check::ok();
  }

 private:
  struct Read {
    std::uint64_t task;
    std::uint64_t size;
    Digest digest;
    TaskRecord record;
  };

  static Read& begin(std::size_t task, runoff::Results results) {
    auto& read = results.at<Read>(task);
    read.task = task;
    read.size = 0;
    read.digest = {};
    return read;
  }

  /// A file that ends early is a failure of the file, as one that is missing.
  void finish_task(Read& read, TaskRecord::Clock::time_point began) const {
    if (read.size == contents_.size()) return read.record.succeeded(began);
    read.record.failed(began, "read " + name_of(read.task) + ": it has " + std::to_string(read.size) +
                                  " bytes, not " + std::to_string(contents_.size()));
  }

  awaitable<void> read_async(Ring& ring, std::size_t task, Read& read) const {
    const std::string name = name_of(task), path = path_of(task);
    const auto checked = [&name](const char* what, int result) {
      if (result < 0) throw FileError(what, name, -result);
      return result;
    };
    Buffer buffer;
    File file(checked("open", co_await ring.open(path.c_str(), O_RDONLY)));
    if (cold_) checked("fadvise", co_await ring.drop_from_cache(file.get()));
    for (bool at_end = false; !at_end;) {
      // The digest takes whole words: a piece is read until it is full or the file ends.
      std::size_t size = 0;
      while (size < buffer.bytes().size() && !at_end) {
        const auto got = static_cast<std::size_t>(
            checked("read", co_await ring.read(file.get(), buffer.bytes().subspan(size), read.size + size)));
        at_end = got == 0;
        size += got;
      }
      read.digest.add(buffer.words(size));
      read.size += size;
    }
    checked("close", co_await ring.close(file.release()));
  }

  /// From the numbers that the file was made of, with each word's weight in the second sum: how many words
  /// there are from it on.
  Digest expected_digest(std::size_t file) const {
    const std::size_t size = contents_.size(), rest = size % sizeof(std::uint64_t);
    const std::size_t count = (size + sizeof(std::uint64_t) - 1) / sizeof(std::uint64_t);
    Digest digest;
    for (std::size_t i = 0; i < count; ++i) {
      std::uint64_t word = contents_.words_of(file)[i];
      if (i + 1 == count && rest > 0) word &= (std::uint64_t{1} << 8 * rest) - 1;
      digest.sum += word;
      digest.sum_of_sums += (count - i) * word;
    }
    return digest;
  }

  std::string path_of(std::size_t file) const { return folder_.path() + "/" + name_of(file); }

  static void drop(const File& file, const std::string& name) {
    if (const int error = ::posix_fadvise(file.get(), 0, 0, POSIX_FADV_DONTNEED); error != 0)
      throw FileError("fadvise", name, error);
  }
  void drop(std::size_t file) const { drop(File(path_of(file), name_of(file), O_RDONLY), name_of(file)); }

  /// Whether the kernel holds the file's first page in memory.
  bool is_cached(std::size_t index) const {
    const File file(path_of(index), name_of(index), O_RDONLY);
    void* page = ::mmap(nullptr, 1, PROT_READ, MAP_SHARED, file.get(), 0);
    if (page == MAP_FAILED) throw FileError("mmap", name_of(index), errno);
    unsigned char there = 0;
    const int result = ::mincore(page, 1, &there);
    ::munmap(page, 1);
    return result == 0 && (there & 1) != 0;
  }

  Contents contents_;
  bool cold_;
  runoff::CellFolder folder_{"file-read"};
};

}  // namespace

RUNOFF_WORKLOAD(
    FileRead,
    {
        .name = "file-read",
        .summary = "reads files to the end, from the page cache or from the disk",
        .bound = runoff::Bound::io,
        .source =
            "Fletcher's sums over what was read, compared with those of the SplitMix64 stream in the files",
        .checked_at = {"files=13", "size=100001B"},
        .parameters = {runoff::Parameter::count("files", 64, 0, 1'000'000, "files to read, one a task"),
                       runoff::Parameter::bytes("size", "64KiB", 0, 1 << 30, "how long each file is"),
                       runoff::Parameter::choice("cache", {"warm", "cold"},
                                                 "whether a task drops its file from the page cache first")},
    })
