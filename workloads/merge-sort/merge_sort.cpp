#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "runoff/plugin.h"
#include "runoff/random.h"

namespace {

using Key = std::uint64_t;

constexpr std::int64_t most_keys = std::int64_t{1} << 30;
constexpr std::uint32_t smallest_part = 32;  // keys that are sorted by insertion

/// Key number `index` of the input: in blocks of a thousand, random numbers, many duplicates, rising runs or
/// falling runs.
Key key(std::uint64_t index) {
  const std::uint64_t block = index / 1000;
  const std::uint64_t base = runoff::splitmix64(1, block);
  switch (base % 4) {
    case 0:
      return runoff::splitmix64(2, index);
    case 1:
      return runoff::splitmix64(2, index) % 17 << 60;
    case 2:
      return base + index % 1000 * (base >> 32);
    default:
      return base - index % 1000 * (base >> 32);
  }
}

/// The keys [first, first + count), to be sorted into the array `into`.
struct Part {
  std::uint32_t first;
  std::uint32_t count;
  std::uint32_t into;
};

/// What was sorted: every task adds up that of its parts, so no part can have been left out.
struct Sorted {
  std::uint64_t keys;
  std::uint64_t sum;
};

/// Sorts keys: a task sorts two halves, then merges them. Two arrays take turns; the input stays as it is.
class MergeSort final : public runoff::RecursiveOf<MergeSort, Part, Sorted> {
 public:
  explicit MergeSort(const runoff::Parameters& parameters)
      : n_(static_cast<std::uint32_t>(parameters.count("n"))),
        cutoff_(static_cast<std::uint32_t>(parameters.count("cutoff"))) {}

  void layout(runoff::Memory& memory) override {
    input_ = memory.array<Key>(n_);
    for (auto& array : arrays_) array = memory.array<Key>(n_);
  }

  void fill(const runoff::Memory&) override {
    runoff::Memory::populate(std::as_bytes(input_));
    for (auto& array : arrays_) runoff::Memory::populate(std::as_bytes(array));
    for (std::uint32_t i = 0; i < n_; ++i) input_[i] = key(i);
  }

  bool writes_memory() const override { return true; }

  Part root() const { return {0, n_, 0}; }

  template <class Fork>
  Sorted solve(const Part& part, Fork& fork) const {
    if (part.count <= smallest_part) return sort_by_insertion(part);
    if constexpr (Fork::parallel)
      if (part.count < cutoff_) return fork.serially(part);
    const std::uint32_t half = part.count / 2;
    const Part left{part.first, half, 1 - part.into};
    const Part right{part.first + half, part.count - half, 1 - part.into};
    const auto [a, b] = fork(left, right);
    const Key* const from = arrays_[left.into].data();
    std::merge(from + left.first, from + right.first, from + right.first, from + right.first + right.count,
               arrays_[part.into].data() + part.first);
    return {a.keys + b.keys, a.sum + b.sum};
  }

  /// The keys that the generator makes, in order. What an execution left from one before cannot pass: the
  /// result tells which keys this one took, and a part begins with unsorted keys.
  runoff::Check check(runoff::Results results) const override {
    const std::span<const Key> sorted = arrays_[0];
    Sorted expected{n_, 0};
    std::uint64_t there = 0, here = 0;  // sums that tell multisets of keys apart
    for (std::uint32_t i = 0; i < n_; ++i) {
      expected.sum += key(i);
      there += runoff::splitmix64(3, key(i));
      here += runoff::splitmix64(3, sorted[i]);
      if (i > 0 && sorted[i - 1] > sorted[i])
        return runoff::Check::wrong("key " + std::to_string(i) + " is less than the one before");
    }
    const Sorted result = results.at<Sorted>(0);
    if (result.keys != n_)
      return runoff::Check::wrong(std::to_string(result.keys) + " keys were sorted, not " +
                                  std::to_string(n_));
    if (result.sum != expected.sum) return runoff::Check::wrong("not the keys of the input were sorted");
    if (here != there) return runoff::Check::wrong("the sorted keys are not those of the input");
    return runoff::Check::ok();
  }

 private:
  Sorted sort_by_insertion(const Part& part) const {
    Key* const to = arrays_[part.into].data() + part.first;
    Sorted sorted{part.count, 0};
    for (std::uint32_t i = 0; i < part.count; ++i) {
      const Key next = input_[part.first + i];
      sorted.sum += next;
      std::uint32_t place = i;
      for (; place > 0 && to[place - 1] > next; --place) to[place] = to[place - 1];
      to[place] = next;
    }
    return sorted;
  }

  std::uint32_t n_;
  std::uint32_t cutoff_;
  std::span<Key> input_;
  std::span<Key> arrays_[2];
};

}  // namespace

RUNOFF_WORKLOAD(
    MergeSort,
    {
        .name = "merge-sort",
        .summary = "sorts keys of 8 bytes: two halves in parallel, then a merge",
        .bound = runoff::Bound::cpu,
        .source = "Knuth, The Art of Computer Programming, vol. 3, 5.2.4: two-way merging",
        .parameters = {runoff::Parameter::count("n", 1'000'000, 0, most_keys, "keys"),
                       runoff::Parameter::count("cutoff", 2'000, 0, most_keys,
                                                "a part of fewer keys forks nothing; 0 forks down to 32")},
    })
