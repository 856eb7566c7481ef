#include "cell/stamps.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <unordered_map>

namespace runoff::cell {
namespace {

/// Where this thread stamps; until the generation changes, or it is another file's turn.
struct Place {
  const StampsFile* file = nullptr;
  std::uint32_t generation = 0;
  StampsFile::Block* block = nullptr;
};
thread_local Place place;

/// All of it is there from the start: where a disk is full this fails, and not a worker that stamps.
StampsFile& map_stamps(const std::string& name) {
  const auto fail = [&name](int error) -> StampsFile& {
    throw std::system_error(error, std::generic_category(), "stamps in '" + name + "'");
  };
  const int descriptor = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return fail(errno);
  const int error = ::posix_fallocate(descriptor, 0, sizeof(StampsFile));
  void* address =
      error != 0 ? MAP_FAILED
                 : ::mmap(nullptr, sizeof(StampsFile), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  const int map_error = errno;
  ::close(descriptor);
  if (address == MAP_FAILED) return fail(error != 0 ? error : map_error);
  return *static_cast<StampsFile*>(address);
}

std::uint64_t key_of(std::size_t step, std::size_t point) { return std::uint64_t{step} << 32 | point; }

}  // namespace

Stamps::Stamps(const std::string& file) : file_(map_stamps(file)) {
  place = {};  // an earlier file may have been mapped at this address
  // A forked worker is another thread than the one that it was forked from.
  ::pthread_atfork(nullptr, nullptr, [] { place = {}; });
}

Stamps::~Stamps() { ::munmap(&file_, sizeof(StampsFile)); }

void Stamps::ended(Stamp stamp, Stamp::Kind kind, std::size_t step, std::size_t first,
                   std::size_t count) const {
  stamp.end_ns = now(CLOCK_MONOTONIC);
  if (stamp.cpu_begin_ns != 0) stamp.cpu_end_ns = now(CLOCK_THREAD_CPUTIME_ID);
  stamp.kind = kind;
  stamp.step = static_cast<std::uint32_t>(step);
  stamp.first = static_cast<std::uint32_t>(first);
  stamp.count = static_cast<std::uint32_t>(count);
  StampsFile::Block* block = place.block;
  if (block == nullptr || place.file != &file_ ||
      place.generation != file_.generation.load(std::memory_order_relaxed) ||
      block->used.load(std::memory_order_relaxed) == block->stamps.size())
    block = take_block();
  if (block == nullptr) return;
  const std::uint32_t used = block->used.load(std::memory_order_relaxed);
  block->stamps[used] = stamp;
  block->used.store(used + 1, std::memory_order_release);
}

/// Null where there is none left.
StampsFile::Block* Stamps::take_block() const {
  place = {&file_, file_.generation.load(std::memory_order_relaxed), nullptr};
  const std::uint32_t index = file_.taken.fetch_add(1, std::memory_order_relaxed);
  if (index >= file_.blocks.size()) {
    file_.taken.store(static_cast<std::uint32_t>(file_.blocks.size()), std::memory_order_relaxed);
    file_.dropped.fetch_add(1, std::memory_order_relaxed);
    return nullptr;
  }
  StampsFile::Block& block = file_.blocks[index];
  block.used.store(0, std::memory_order_relaxed);
  block.thread = ::gettid();
  place.block = &block;
  return &block;
}

std::size_t Stamps::piece(std::size_t tasks) const {
  const std::size_t pieces = file_.pieces.load(std::memory_order_relaxed);
  return pieces <= 1 ? tasks : (tasks + pieces - 1) / pieces;
}

void Stamps::begin(Settings settings) {
  file_.size = sizeof(StampsFile);
  file_.run_delay_ns = -1;
  file_.executions = 0;
  file_.taken.store(0, std::memory_order_relaxed);
  file_.dropped.store(0, std::memory_order_relaxed);
  file_.reads_cpu.store(settings.reads_cpu ? 1 : 0, std::memory_order_relaxed);
  file_.pieces.store(settings.pieces, std::memory_order_relaxed);
  file_.generation.fetch_add(1, std::memory_order_relaxed);
  file_.on.store(1, std::memory_order_release);
}

void Stamps::note_execution(std::chrono::steady_clock::time_point begin, std::chrono::nanoseconds time) {
  if (!on() || file_.executions == file_.noted.size()) return;
  const std::int64_t at = std::chrono::nanoseconds(begin.time_since_epoch()).count();
  file_.noted[file_.executions] = {at, at + time.count(), file_.dropped.load(std::memory_order_relaxed)};
  file_.executions += 1;
}

bool Stamps::has_room() const {
  const std::size_t done = file_.executions, taken = file_.taken.load(std::memory_order_relaxed);
  if (done == 0) return true;
  const std::size_t each = (taken + done - 1) / done;
  return done < file_.noted.size() && taken + 2 * each <= file_.blocks.size();
}

template <class Visit>
void Stamps::each_stamp(Visit visit) const {
  const std::size_t taken =
      std::min<std::size_t>(file_.taken.load(std::memory_order_relaxed), file_.blocks.size());
  for (std::size_t index = 0; index < taken; ++index) {
    StampsFile::Block& block = file_.blocks[index];
    const std::uint32_t used = block.used.load(std::memory_order_acquire);
    for (std::uint32_t i = 0; i < used; ++i) visit(block.stamps[i]);
  }
}

std::chrono::nanoseconds Stamps::mean_chunk() const {
  std::int64_t sum = 0, chunks = 0;
  each_stamp([&](const Stamp& stamp) {
    sum += stamp.end_ns - stamp.begin_ns;
    chunks += 1;
  });
  return std::chrono::nanoseconds(chunks > 0 ? sum / chunks : 0);
}

void Stamps::note_ready(const Dependent& graph) {
  std::unordered_map<std::uint64_t, std::int64_t> ends;  // of the tasks of one execution
  for (std::uint32_t number = 0; number < file_.executions; ++number) {
    const StampsFile::Execution& execution = file_.noted[number];
    const auto each_task = [&](const auto& visit) {
      each_stamp([&](Stamp& stamp) {
        if (stamp.kind == Stamp::task && stamp.begin_ns >= execution.begin_ns &&
            stamp.end_ns <= execution.end_ns)
          visit(stamp);
      });
    };
    ends.clear();
    each_task([&](const Stamp& stamp) { ends[key_of(stamp.step, stamp.first)] = stamp.end_ns; });
    each_task([&](Stamp& stamp) {
      stamp.ready_ns = execution.begin_ns;
      for (const Interval interval : graph.dependencies(stamp.step, stamp.first))
        for (std::size_t point = interval.first; point <= interval.last; ++point)
          if (const auto found = ends.find(key_of(stamp.step - 1, point)); found != ends.end())
            stamp.ready_ns = std::max(stamp.ready_ns, found->second);
    });
  }
  file_.graph_is_known = 1;
}

}  // namespace runoff::cell
