#include <algorithm>
#include <cstdint>
#include <span>
#include <string>

#include "runoff/memory.h"
#include "runoff/random.h"
#include "runoff/recursive_of.h"
#include "runoff/workload_plugin.h"

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

/// Keys that lie one behind the other in an array.
struct Run {
  std::uint32_t first;
  std::uint32_t count;
};

/// What a task does: sorts the keys of `one` into the array `into`; or merges `one` and `other`, which are
/// sorted runs of the other array, into it, from the place `to` on.
struct Part {
  enum Kind : std::uint32_t { sort, merge };

  Kind kind;
  std::uint32_t into;
  Run one;
  Run other;
  std::uint32_t to;
};

/// What was done: every task adds up that of its parts, so no part can have been left out.
struct Done {
  std::uint64_t keys;    ///< sorted
  std::uint64_t sum;     ///< of these
  std::uint64_t merged;  ///< keys, on all levels

  friend Done operator+(const Done& a, const Done& b) {
    return {a.keys + b.keys, a.sum + b.sum, a.merged + b.merged};
  }
};

/// Sorts keys: a task sorts two halves, then merges them; a large merge is two tasks. Two arrays take turns;
/// the input stays as it is.
class MergeSort final : public runoff::RecursiveOf<MergeSort, Part, Done> {
 public:
  explicit MergeSort(const runoff::Parameters& parameters)
      : n_(static_cast<std::uint32_t>(parameters.count("n"))),
        cutoff_(static_cast<std::uint32_t>(parameters.count("cutoff"))),
        merge_cutoff_(
            std::max(smallest_part + 1, static_cast<std::uint32_t>(parameters.count("merge-cutoff")))) {}

  void layout(runoff::Memory& memory) override {
    input_ = memory.array_to_fill<Key>(n_);
    for (auto& array : arrays_) array = memory.array<Key>(n_);
  }

  void fill(const runoff::Memory&) override {
    runoff::Memory::populate(std::as_bytes(input_));
    for (auto& array : arrays_) runoff::Memory::populate(std::as_bytes(array));
    for (std::uint32_t i = 0; i < n_; ++i) input_[i] = key(i);
  }

  bool writes_memory() const override { return true; }

  Part root() const { return {Part::sort, 0, {0, n_}, {}, 0}; }

  template <class Fork>
  Done solve(const Part& part, Fork& fork) const {
    return part.kind == Part::sort ? sort(part, fork) : merge(part, fork);
  }

  /// The keys that the generator makes, in order. What an execution left from one before cannot pass: the
  /// result tells which keys this one took, and a part begins with unsorted keys.
  runoff::Check check(runoff::Results results) const override {
    const std::span<const Key> sorted = arrays_[0];
    Done expected{n_, 0, merged(n_)};
    std::uint64_t there = 0, here = 0;  // sums that tell multisets of keys apart
    for (std::uint32_t i = 0; i < n_; ++i) {
      expected.sum += key(i);
      there += runoff::splitmix64(3, key(i));
      here += runoff::splitmix64(3, sorted[i]);
      if (i > 0 && sorted[i - 1] > sorted[i])
        return runoff::Check::wrong("key " + std::to_string(i) + " is less than the one before");
    }
    const Done result = results.at<Done>(0);
    if (result.keys != n_)
      return runoff::Check::wrong(std::to_string(result.keys) + " keys were sorted, not " +
                                  std::to_string(n_));
    if (result.sum != expected.sum) return runoff::Check::wrong("not the keys of the input were sorted");
    if (result.merged != expected.merged)
      return runoff::Check::wrong(std::to_string(result.merged) + " keys were merged, not " +
                                  std::to_string(expected.merged));
    if (here != there) return runoff::Check::wrong("the sorted keys are not those of the input");
    return runoff::Check::ok();
  }

 private:
  template <class Fork>
  Done sort(const Part& part, Fork& fork) const {
    const auto [first, count] = part.one;
    if (count <= smallest_part) return sort_by_insertion(part);
    if constexpr (Fork::parallel)
      if (count < cutoff_) return fork.serially(part);
    const Run left{first, count / 2}, right{first + count / 2, count - count / 2};
    const auto [a, b] =
        fork(Part{Part::sort, 1 - part.into, left, {}, 0}, Part{Part::sort, 1 - part.into, right, {}, 0});
    return a + b + merge({Part::merge, part.into, left, right, first}, fork);
  }

  /// In two parts, cut at the median of the larger run: where that belongs in the other run, a search tells.
  template <class Fork>
  Done merge(const Part& part, Fork& fork) const {
    if constexpr (Fork::parallel)
      if (part.one.count + part.other.count >= merge_cutoff_) {
        const Key* const from = arrays_[1 - part.into].data();
        const bool ordered = part.one.count >= part.other.count;
        const Run larger = ordered ? part.one : part.other, smaller = ordered ? part.other : part.one;
        const std::uint32_t half = larger.count / 2;
        const Key* const begin = from + smaller.first;
        const auto below = static_cast<std::uint32_t>(
            std::lower_bound(begin, begin + smaller.count, from[larger.first + half]) - begin);
        const auto [a, b] =
            fork(Part{Part::merge, part.into, {larger.first, half}, {smaller.first, below}, part.to},
                 Part{Part::merge,
                      part.into,
                      {larger.first + half, larger.count - half},
                      {smaller.first + below, smaller.count - below},
                      part.to + half + below});
        return a + b;
      }
    return merge_at_once(part);
  }

  // Not inlined: the same code in every way of running.
  [[gnu::noinline]] Done merge_at_once(const Part& part) const {
    const Key* const from = arrays_[1 - part.into].data();
    const auto end = [from](const Run& run) { return from + run.first + run.count; };
    std::merge(from + part.one.first, end(part.one), from + part.other.first, end(part.other),
               arrays_[part.into].data() + part.to);
    return {0, 0, part.one.count + part.other.count};
  }

  /// Keys that are merged when so many are sorted.
  static std::uint64_t merged(std::uint32_t count) {
    return count <= smallest_part ? 0 : count + merged(count / 2) + merged(count - count / 2);
  }

  [[gnu::noinline]] Done sort_by_insertion(const Part& part) const {
    const auto [first, count] = part.one;
    Key* const to = arrays_[part.into].data() + first;
    Done sorted{count, 0, 0};
    for (std::uint32_t i = 0; i < count; ++i) {
      const Key next = input_[first + i];
      sorted.sum += next;
      std::uint32_t place = i;
      for (; place > 0 && to[place - 1] > next; --place) to[place] = to[place - 1];
      to[place] = next;
    }
    return sorted;
  }

  std::uint32_t n_;
  std::uint32_t cutoff_;
  std::uint32_t merge_cutoff_;
  std::span<Key> input_;
  std::span<Key> arrays_[2];
};

}  // namespace

RUNOFF_WORKLOAD(
    MergeSort,
    {
        .name = "merge-sort",
        .summary = "sorts keys of 8 bytes: two halves in parallel, then a merge, in parallel too",
        .bound = runoff::Bound::cpu,
        .source = "Cormen, Leiserson, Rivest and Stein, Introduction to Algorithms, 3rd ed., 27.3: "
                  "P-MERGE-SORT; Knuth, The Art of Computer Programming, vol. 3, 5.2.4: two-way merging",
        .checked_at = {"n=50001", "cutoff=0,3000", "merge-cutoff=0,9000"},
        .parameters = {runoff::Parameter::count("n", 1'000'000, 0, most_keys, "keys"),
                       runoff::Parameter::count("cutoff", 2'000, 0, most_keys,
                                                "a part of fewer keys forks nothing; 0 forks down to 32"),
                       runoff::Parameter::count("merge-cutoff", 8'000, 0, most_keys,
                                                "a merge of fewer keys forks nothing; 0 forks down to 32")},
    })
