#include "pattern.h"

#include <sys/sysinfo.h>

#include <algorithm>
#include <bit>
#include <tuple>

#include "runoff/errors.h"
#include "runoff/random.h"

namespace graph {
namespace {

// Task Bench's defaults: spread and random alternate between three sets of dependencies, and random takes a
// quarter of the points that it may.
constexpr std::uint32_t alternating_sets = 3;
constexpr std::uint64_t one_in = 4;

/// Sorted, without doubles, neighbours joined.
std::vector<Interval> joined(std::vector<std::int64_t> points) {
  std::sort(points.begin(), points.end());
  std::vector<Interval> intervals;
  for (const std::int64_t point : points) {
    const auto number = static_cast<std::uint32_t>(point);
    if (!intervals.empty() && number <= intervals.back().last + 1)
      intervals.back().last = number;
    else
      intervals.push_back({number, number});
  }
  return intervals;
}

}  // namespace

const std::vector<std::string>& kind_names() {
  static const std::vector<std::string> names{"stencil", "trivial", "no-comm",    "nearest-k", "spread-k",
                                              "fft",     "tree",    "all-to-all", "random",    "wavefront"};
  return names;
}

Kind kind_of(const std::string& name) {
  const auto& names = kind_names();
  return static_cast<Kind>(std::find(names.begin(), names.end(), name) - names.begin());
}

bool has_radix(Kind kind) { return kind == Kind::nearest || kind == Kind::spread || kind == Kind::random; }

Pattern::Pattern(const Form& form) : form_(form), widest_(form.width) {
  if (has_radix(form.kind) && form.radix > form.width)
    throw runoff::InvalidParameter(
        "'radix' cannot be " + std::to_string(form.radix) + " where 'width' is " +
        std::to_string(form.width) +
        ": a task depends on at most all points of the step before; choose a radix up to the width");
  // The front of a grid grows until it is as long as the grid's shorter side.
  if (form.kind == Kind::wavefront) widest_ = std::min(form.width, (form.steps + 1) / 2);
  if (form.kind == Kind::tree && form.steps <= 32)
    widest_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(form.width, 1ull << (form.steps - 1)));
  refuse_what_does_not_fit();

  using Key = std::tuple<std::int64_t, std::int64_t, std::int64_t, std::uint32_t>;
  std::map<Key, std::uint32_t> known;
  link_of_step_.resize(form.steps);
  for (std::size_t step = 1; step < form.steps; ++step) {
    const Row before = row(step - 1), now = row(step);
    const Key key{before.width, now.width, now.first - before.first, set_of(step)};
    const auto [place, is_new] = known.try_emplace(key, static_cast<std::uint32_t>(links_.size()));
    if (is_new) links_.push_back(make_link(step));
    link_of_step_[step] = place->second;
  }
}

void Pattern::refuse_what_does_not_fit() const {
  std::uint64_t intervals = 1;     // of a task, at most
  std::uint64_t points = widest_;  // of all links together
  switch (form_.kind) {
    case Kind::spread:
      intervals = form_.radix;
      points *= alternating_sets;
      break;
    case Kind::random:
      intervals = form_.radix / one_in + 1;
      points *= alternating_sets;
      break;
    case Kind::fft:
      intervals = 3;
      points *= static_cast<std::uint64_t>(std::bit_width(widest_));
      break;
    case Kind::wavefront:
      points *= widest_;  // steps of each width up to the widest, at its beginning and at its end
      break;
    default:
      points *= 3;  // a tree's steps that grow, together, and the first and the last that do not
  }
  const std::uint64_t needed = 2 * points * (intervals * sizeof(Interval) + sizeof(std::size_t));
  struct sysinfo info {};
  ::sysinfo(&info);
  const std::uint64_t there = std::uint64_t{info.totalram} * info.mem_unit;
  constexpr std::uint64_t mebibyte = 1 << 20;
  if (needed > there)
    throw runoff::InvalidParameter(
        "the list of dependencies needs about " + std::to_string(needed / mebibyte) + " MiB of memory and " +
        std::to_string(there / mebibyte) + " MiB are there; choose a smaller 'width' or 'radix'");
}

Pattern::Row Pattern::row(std::size_t step) const {
  const auto s = static_cast<std::int64_t>(step);
  const std::int64_t all = widest_;
  const std::int64_t steps = form_.steps;
  switch (form_.kind) {
    case Kind::tree:
      return {0, std::min(all, std::int64_t{1} << std::min<std::int64_t>(s, 40))};
    case Kind::wavefront:
      return {std::max<std::int64_t>(0, s + all - steps), std::min({all, s + 1, steps - s})};
    default:
      return {0, all};
  }
}

std::uint32_t Pattern::width(std::size_t step) const { return static_cast<std::uint32_t>(row(step).width); }

std::size_t Pattern::tasks() const {
  if (form_.kind != Kind::tree && form_.kind != Kind::wavefront) return std::size_t{widest_} * form_.steps;
  std::size_t sum = 0;
  for (std::size_t step = 0; step < form_.steps; ++step) sum += width(step);
  return sum;
}

/// Which of several sets of dependencies the step has.
std::uint32_t Pattern::set_of(std::size_t step) const {
  switch (form_.kind) {
    case Kind::fft: {
      const int stages = std::max(1, static_cast<int>(std::bit_width(form_.width - 1)));
      return static_cast<std::uint32_t>((step - 1) % static_cast<std::size_t>(stages));
    }
    case Kind::spread:
    case Kind::random:
      return static_cast<std::uint32_t>(step % alternating_sets);
    default:
      return 0;
  }
}

Pattern::Link Pattern::make_link(std::size_t step) const {
  const Row before = row(step - 1), now = row(step);
  const std::uint32_t set = set_of(step);
  Link link;
  for (std::int64_t point = 0; point < now.width; ++point)
    link.needs.add(neighbours(point, now, before, set, Direction::back));
  for (std::int64_t point = 0; point < before.width; ++point)
    link.waiters.add(neighbours(point, before, now, set, Direction::forth));
  return link;
}

void Pattern::Table::add(const std::vector<Interval>& intervals) {
  intervals_.insert(intervals_.end(), intervals.begin(), intervals.end());
  ends_.push_back(intervals_.size());
}

std::vector<Interval> Pattern::neighbours(std::int64_t point, Row here, Row there, std::uint32_t set,
                                          Direction direction) const {
  const std::int64_t p = here.first + point;
  const bool back = direction == Direction::back;
  const std::int64_t width = widest_, radix = form_.radix;

  const auto from_to = [&](std::int64_t first, std::int64_t last) -> std::vector<Interval> {
    first = std::max(first, there.first) - there.first;
    last = std::min(last, there.first + there.width - 1) - there.first;
    if (first > last) return {};
    return {{static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last)}};
  };
  // The radix points around; where it is even, one more before than after.
  const std::int64_t down = back ? radix / 2 : (radix - 1) / 2;
  const std::int64_t up = back ? (radix - 1) / 2 : radix / 2;
  std::vector<std::int64_t> points;

  switch (form_.kind) {
    case Kind::trivial:
      return {};
    case Kind::no_comm:
      return from_to(p, p);
    case Kind::stencil:
      return from_to(p - 1, p + 1);
    case Kind::nearest:
      return from_to(p - down, p + up);
    case Kind::all_to_all:
      return from_to(0, width - 1);
    case Kind::tree:
      return back ? from_to(p / 2, p / 2) : from_to(2 * p, 2 * p + 1);
    case Kind::wavefront:
      return back ? from_to(p - 1, p) : from_to(p, p + 1);
    case Kind::fft: {
      const std::int64_t stride = std::int64_t{1} << set;
      for (const std::int64_t q : {p - stride, p, p + stride})
        if (q >= 0 && q < width) points.push_back(q);
      return joined(std::move(points));
    }
    case Kind::spread:
      for (std::int64_t i = 0; i < radix; ++i) {
        const std::int64_t distance = (i * width / radix + (i > 0 ? set : 0)) % width;
        points.push_back((back ? p + distance : p + width - distance) % width);
      }
      return joined(std::move(points));
    case Kind::random:
      for (std::int64_t q = std::max<std::int64_t>(0, p - down); q <= std::min(p + up, width - 1); ++q)
        if (back ? drawn(p, q, set) : drawn(q, p, set)) points.push_back(q);
      return joined(std::move(points));
  }
  return {};
}

bool Pattern::drawn(std::int64_t point, std::int64_t need, std::uint32_t set) const {
  if (point == need) return true;
  const auto pair = static_cast<std::uint64_t>(point * widest_ + need);
  return runoff::splitmix64(form_.seed, alternating_sets * pair + set) % one_in == 0;
}

}  // namespace graph
