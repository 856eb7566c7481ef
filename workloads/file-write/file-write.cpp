#include <boost/asio/this_coro.hpp>
#include <cstdint>
#include <cstring>
#include <string>

#include "contents.h"
#include "file.h"
#include "ring.h"
#include "runoff/asynchronous.h"
#include "runoff/cell_folder.h"
#include "runoff/python_form.h"
#include "runoff/task_record.h"
#include "runoff/workload_plugin.h"
#include "write_whole.h"

namespace {

using namespace files;
using boost::asio::awaitable;
using runoff::TaskRecord;

/// How many bytes a file begins with that tell in which execution it was written.
constexpr std::size_t stamp_size = sizeof(std::int64_t);

/// Task i writes file i: a stamp, and bytes that no other file has. A file is written under a temporary name
/// and then renamed, so that under its own it is whole or not there.
class FileWrite final : public runoff::Independent, public runoff::Asynchronous, public runoff::PythonForm {
 public:
  explicit FileWrite(const runoff::Parameters& parameters)
      : contents_(static_cast<std::size_t>(parameters.count("files")),
                  static_cast<std::size_t>(parameters.bytes("size")) - stamp_size),
        sync_(parameters.text("fsync") == "yes") {}

  std::size_t tasks() const override { return contents_.files(); }
  runoff::ResultLayout result() const override { return runoff::result_of<Written>(); }
  void layout(runoff::Memory& memory) override { contents_.layout(memory); }
  void fill(const runoff::Memory&) override {
    contents_.fill();
    folder_.make();
  }

  const TaskRecord* record(runoff::Results results, std::size_t slot) const override {
    return &results.at<Written>(slot).record;
  }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      Written& written = begin(task, results);
      const auto began = TaskRecord::Clock::now();
      try {
        {
          const auto waits = waiting();
          write_whole(folder_.path(), name_of(task), pieces(written), sync_);
        }
        written.record.succeeded(began);
      } catch (const FileError& error) {
        written.record.failed(began, error.what());
      }
    }
  }

  const runoff::Asynchronous* asynchronous() const override {
    if (!Ring::missing().empty()) throw runoff::Unsupported(Ring::missing());
    return this;
  }

  awaitable<void> run_async(std::size_t task, runoff::Results results) const override {
    Written& written = begin(task, results);
    const auto began = TaskRecord::Clock::now();
    try {
      auto& ring = boost::asio::use_service<Ring>((co_await boost::asio::this_coro::executor).context());
      co_await write_whole(ring, folder_.path(), name_of(task), pieces(written), sync_);
      written.record.succeeded(began);
    } catch (const FileError& error) {
      written.record.failed(began, error.what());
    }
  }

  const runoff::PythonForm* python() const override { return this; }
  std::span<const std::byte> python_input(std::size_t task) const override { return contents_.of(task); }
  void take_python(const runoff::PythonAnswer& answer, runoff::Results results) const override {
    Written& written = begin(answer.task, results);
    written.record.measured(answer.latency, answer.failure);
    if (answer.failure.empty()) written.stamp = runoff::PythonValue(answer).number<std::int64_t>();
  }

  runoff::Check check(runoff::Results results) const override {
    for (std::size_t task = 0; task < tasks(); ++task) {
      const Written& written = results.at<Written>(task);
      if (written.task != task)
        return runoff::Check::wrong("task " + std::to_string(task) + " left no record of its own");
      if (!written.record.failure().empty()) continue;
      if (std::string why = compare(task, written); !why.empty())
        return runoff::Check::wrong(name_of(task) + " " + why);
    }
    return runoff::Check::ok();
  }

 private:
  struct Written {
    std::uint64_t task;
    std::int64_t stamp;
    TaskRecord record;
  };

  static Written& begin(std::size_t task, runoff::Results results) {
    auto& written = results.at<Written>(task);
    written.task = task;
    // What no execution had before: a file of an earlier one is not taken for that of this.
    written.stamp = TaskRecord::Clock::now().time_since_epoch().count();
    return written;
  }

  Pieces pieces(const Written& written) const {
    return {std::as_bytes(std::span(&written.stamp, 1)), contents_.of(written.task)};
  }

  /// What is wrong with the file on the disk; empty when nothing is.
  std::string compare(std::size_t task, const Written& written) const {
    const std::span<const std::byte> expected = contents_.of(task);
    // One byte more than there should be, to see that the file ends.
    std::string found(stamp_size + expected.size() + 1, '\0');
    try {
      const File file(folder_.path() + "/" + name_of(task), name_of(task), O_RDONLY);
      found.resize(read_some(file.get(), name_of(task), std::as_writable_bytes(std::span(found))));
    } catch (const FileError& error) {
      return std::string("cannot be read back: ") + error.what();
    }
    if (found.size() != stamp_size + expected.size())
      return "has " + std::to_string(found.size()) + " bytes or more, not " +
             std::to_string(stamp_size + expected.size());
    if (std::memcmp(found.data(), &written.stamp, stamp_size) != 0)
      return "is not the one that task " + std::to_string(task) + " wrote last";
    for (std::size_t i = 0; i < expected.size(); ++i)
      if (static_cast<std::byte>(found[stamp_size + i]) != expected[i])
        return "differs at byte " + std::to_string(stamp_size + i);
    return {};
  }

  Contents contents_;
  bool sync_;
  runoff::CellFolder folder_{"file-write"};
};

}  // namespace

RUNOFF_WORKLOAD(
    FileWrite,
    {
        .name = "file-write",
        .summary = "writes files that are whole or not there",
        .bound = runoff::Bound::io,
        .source = "files are read back and compared with the SplitMix64 stream they were made from",
        .checked_at = {"files=13", "size=10001B"},
        .parameters = {runoff::Parameter::count("files", 64, 0, 1'000'000, "files to write, one a task"),
                       runoff::Parameter::bytes("size", "64KiB", stamp_size, 1 << 30,
                                                "how long each file is"),
                       runoff::Parameter::choice("fsync", {"yes", "no"},
                                                 "whether a task ends only when its file is on the disk")},
    })
