#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <vector>

#include "runoff/memory.h"
#include "runoff/random.h"
#include "runoff/workload_plugin.h"

namespace {

/// What every block begins with; it ends with the mark, too, where that fits.
struct Block {
  std::uint64_t mark;
  std::uint32_t task;
  std::uint32_t number;
  pid_t owner;  // the thread that allocated it
};

constexpr std::size_t smallest = 32;

struct Tally {
  std::uint64_t allocated = 0;  // sum of the marks of this task's blocks
  std::uint64_t freed = 0;      // sum of the marks of blocks that were found as they were left
  std::uint64_t own = 0;        // blocks freed by the worker that allocated them
  std::uint64_t others = 0;     // and by another
};

/// Where a worker leaves a block for another to free.
struct alignas(runoff::cache_line) Box {
  std::atomic<Block*> block = nullptr;
};

/// Tasks that allocate blocks of many sizes, write to them, and free them; or leave them to other workers.
/// What it takes is the allocator's, which is the process's: malloc.
class Allocate final : public runoff::Independent {
 public:
  explicit Allocate(const runoff::Parameters& parameters)
      : tasks_(static_cast<std::size_t>(parameters.count("tasks"))),
        blocks_(static_cast<std::uint32_t>(parameters.count("blocks"))),
        alive_(static_cast<std::size_t>(parameters.count("alive"))),
        octaves_(octaves(static_cast<std::size_t>(parameters.bytes("largest")))),
        handed_on_(static_cast<std::uint64_t>(parameters.count("handed-on"))) {}
  /// An execution that failed leaves blocks in the boxes.
  ~Allocate() override {
    for (Box& box : boxes_) std::free(box.block.load());
  }
  Allocate(const Allocate&) = delete;
  Allocate& operator=(const Allocate&) = delete;

  std::size_t tasks() const override { return tasks_; }
  /// The last one is for the blocks that are left when all tasks have run.
  std::size_t slots() const override { return tasks_ + 1; }
  runoff::ResultLayout result() const override { return runoff::result_of<Tally>(); }
  bool writes_memory() const override { return handed_on_ > 0; }

  void layout(runoff::Memory& memory) override { heap_ = &memory.object<pid_t>(); }
  void fill(const runoff::Memory&) override { *heap_ = ::getpid(); }

  void run(runoff::Range range, runoff::Results results) const override {
    if (handed_on_ > 0 && ::getpid() != *heap_)
      throw runoff::Unsupported(
          "a process cannot free what another allocated: only handed-on=0 runs on workers that are "
          "processes");
    const pid_t worker = ::gettid();
    std::vector<Block*> alive(alive_);
    for (std::size_t task = range.first; task < range.last; ++task) {
      Tally tally;
      for (std::uint32_t number = 0; number < blocks_; ++number) {
        Block*& place = alive[number % alive_];
        if (place != nullptr) let_go(place, worker, tally);
        place = allocate(static_cast<std::uint32_t>(task), number, worker);
        tally.allocated += place->mark;
      }
      for (Block*& place : alive)
        if (place != nullptr) let_go(std::exchange(place, nullptr), worker, tally);
      results.at<Tally>(task) = tally;
    }
  }

  void finish(runoff::Results results) const override {
    Tally tally;
    for (Box& box : boxes_)
      if (Block* const block = box.block.exchange(nullptr)) release(block, ::gettid(), tally);
    results.at<Tally>(tasks_) = tally;
  }

  std::vector<runoff::Price> prices() const override {
    const std::string by =
        handed_on_ == 0 ? "" : ", " + std::to_string(handed_on_) + " % handed to another worker";
    return {{.name = "block allocated and freed" + by,
             .per = static_cast<double>(tasks_) * static_cast<double>(blocks_)}};
  }

  runoff::Check check(runoff::Results results) const override {
    Tally sum;
    for (std::size_t task = 0; task <= tasks_; ++task) {
      const Tally& tally = results.at<Tally>(task);
      std::uint64_t marks = 0;
      for (std::uint32_t number = 0; task < tasks_ && number < blocks_; ++number)
        marks += mark_of(static_cast<std::uint32_t>(task), number);
      if (tally.allocated != marks)
        return runoff::Check::wrong("task " + std::to_string(task) + " did not allocate its blocks");
      sum.allocated += tally.allocated;
      sum.freed += tally.freed;
      sum.own += tally.own;
      sum.others += tally.others;
    }
    const std::uint64_t all = std::uint64_t{tasks_} * blocks_;
    if (sum.own + sum.others != all)
      return runoff::Check::wrong(std::to_string(sum.own + sum.others) + " of " + std::to_string(all) +
                                  " blocks were freed");
    if (sum.freed != sum.allocated) return runoff::Check::wrong("a block was damaged before it was freed");
    if (handed_on_ == 0)
      return sum.others == 0 ? runoff::Check::ok() : runoff::Check::wrong("blocks were freed elsewhere");
    return runoff::Check::ok(std::to_string(sum.others) + " of " + std::to_string(all) +
                             " blocks were freed by another worker");
  }

 private:
  static constexpr std::uint64_t seed = 20240731;

  /// How often the smallest size can be doubled without passing the largest.
  static std::uint64_t octaves(std::size_t largest) {
    return static_cast<std::uint64_t>(std::bit_width(largest / smallest)) - 1;
  }

  static std::uint64_t mark_of(std::uint32_t task, std::uint32_t number) {
    return runoff::splitmix64(seed + task, number);
  }

  /// As many in each doubling of the size, and any size within it: small ones are common, as in most
  /// programs.
  std::size_t size_of(std::uint64_t mark) const {
    if (octaves_ == 0) return smallest;
    const std::uint64_t octave = (mark >> 40) * octaves_ >> 24;
    const std::size_t least = smallest << octave;
    return least + ((mark & 0xFFFFFFFF) * (least + 1) >> 32);
  }

  Block* allocate(std::uint32_t task, std::uint32_t number, pid_t owner) const {
    const std::uint64_t mark = mark_of(task, number);
    const std::size_t size = size_of(mark);
    void* const memory = std::malloc(size);
    if (memory == nullptr) throw std::bad_alloc();
    std::memcpy(static_cast<std::byte*>(memory) + size - sizeof(mark), &mark, sizeof(mark));
    return new (memory) Block{mark, task, number, owner};
  }

  /// Frees it, or leaves it to another worker, whose block this one frees then.
  void let_go(Block* block, pid_t worker, Tally& tally) const {
    const std::uint64_t luck = runoff::splitmix64(block->mark, 0);
    if (luck % 100 >= handed_on_) return release(block, worker, tally);
    // Past boxes in which its own blocks still lie, but not for ever.
    for (std::size_t look = 0; look < 4; ++look) {
      block = boxes_[((luck >> 32) + look) % boxes_.size()].block.exchange(block);
      if (block == nullptr) return;
      if (block->owner != worker) break;
    }
    release(block, worker, tally);
  }

  void release(Block* block, pid_t worker, Tally& tally) const {
    const Block found = *block;
    std::uint64_t last = 0;
    std::memcpy(&last, reinterpret_cast<std::byte*>(block) + size_of(found.mark) - sizeof(last),
                sizeof(last));
    if (found.mark == mark_of(found.task, found.number) && last == found.mark) tally.freed += found.mark;
    (found.owner == worker ? tally.own : tally.others) += 1;
    std::free(block);
  }

  std::size_t tasks_;
  std::uint32_t blocks_;
  std::size_t alive_;
  std::uint64_t octaves_;
  std::uint64_t handed_on_;
  pid_t* heap_ = nullptr;  // the process that hands blocks on: each has a heap of its own
  mutable std::array<Box, 64> boxes_;
};

}  // namespace

RUNOFF_WORKLOAD(
    Allocate,
    {
        .name = "allocate",
        .summary = "tasks that allocate and free blocks of many sizes, which other workers may free: the "
                   "allocator's share",
        .bound = runoff::Bound::runtime,
        .source =
            "as Larson & Krishnan (ISMM'98) have threads free what others allocated; oracle: SplitMix64 "
            "marks in every block",
        .checked_at = {"tasks=5", "blocks=333", "alive=7", "handed-on=0,40"},
        .parameters =
            {runoff::Parameter::count("tasks", 64, 1, 1'000'000, "tasks"),
             runoff::Parameter::count("blocks", 1'000, 1, 1'000'000'000, "blocks that each task allocates"),
             runoff::Parameter::count("alive", 100, 1, 1'000'000,
                                      "blocks that a task has before it frees the oldest"),
             runoff::Parameter::bytes("largest", "4KiB", smallest, std::int64_t{1} << 30,
                                      "bytes of the largest blocks; the smallest have 32"),
             runoff::Parameter::count("handed-on", 0, 0, 100,
                                      "of 100 blocks, how many a task leaves for another worker to free")},
    })
