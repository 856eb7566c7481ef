#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "runoff/workload.h"

namespace graph {

using runoff::Interval;

enum class Kind { stencil, trivial, no_comm, nearest, spread, fft, tree, all_to_all, random, wavefront };

/// The names of the kinds, in their order.
const std::vector<std::string>& kind_names();
Kind kind_of(const std::string& name);
/// Whether the radix says how many dependencies a task has.
bool has_radix(Kind kind);

/// Which points of a step need which points of the step before: the patterns of Task Bench (Slaughter et al.,
/// "Task Bench: A Parameterized Benchmark for Evaluating Parallel Runtime Performance", SC'20).
/// docs/graphs.md defines each.
class Pattern {
 public:
  struct Form {
    Kind kind = Kind::stencil;
    std::uint32_t width = 1;
    std::uint32_t steps = 1;
    std::uint32_t radix = 1;
    std::uint64_t seed = 0;  ///< of the kind `random`
  };
  explicit Pattern(const Form& form);

  /// Points of a step.
  std::uint32_t width(std::size_t step) const;
  /// Points of the widest step.
  std::uint32_t widest() const { return widest_; }
  std::size_t tasks() const;

  std::span<const Interval> dependencies(std::size_t step, std::size_t point) const {
    return step == 0 ? std::span<const Interval>{} : links_[link_of_step_[step]].needs.of(point);
  }
  std::span<const Interval> dependents(std::size_t step, std::size_t point) const {
    return step + 1 == form_.steps ? std::span<const Interval>{}
                                   : links_[link_of_step_[step + 1]].waiters.of(point);
  }

 private:
  /// A step, as its points are numbered in the whole graph: [first, first + width).
  struct Row {
    std::int64_t first;
    std::int64_t width;
  };
  /// The intervals of each point, one after the other.
  class Table {
   public:
    void add(const std::vector<Interval>& intervals);
    std::span<const Interval> of(std::size_t point) const {
      return {intervals_.data() + ends_[point], intervals_.data() + ends_[point + 1]};
    }

   private:
    std::vector<std::size_t> ends_{0};
    std::vector<Interval> intervals_;
  };
  /// From one step to the next. Steps that are linked in the same way share one.
  struct Link {
    Table needs;
    Table waiters;
  };
  enum class Direction { back, forth };

  Row row(std::size_t step) const;
  std::uint32_t set_of(std::size_t step) const;
  Link make_link(std::size_t step) const;
  /// The points of `there` that the point of `here` needs (back) or that need it (forth).
  std::vector<Interval> neighbours(std::int64_t point, Row here, Row there, std::uint32_t set,
                                   Direction direction) const;
  bool drawn(std::int64_t point, std::int64_t need, std::uint32_t set) const;
  void refuse_what_does_not_fit() const;

  Form form_;
  std::uint32_t widest_;
  std::vector<std::uint32_t> link_of_step_;
  std::vector<Link> links_;
};

}  // namespace graph
