#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "support/optional_number.h"

namespace runoff {

/// What else went on on this machine while a sample was taken, from before its process was started until all
/// that it started had ended. What is not known stays empty.
///
/// Another one is a member here, a line in `each_surrounding` and a row of the table in results/README.md.
struct Surroundings {
  using Number = OptionalNumber;

  Number observed_ns;        ///< how long that was
  Number other_cpu_ns;       ///< processor time of all programs that are not runoff's, on the processors that
                             ///< cells may use
  Number steal_ns;           ///< that the host took from these processors
  Number throttled_ns;       ///< for which a quota kept programs of this group from running
  Number memory_stall_ns;    ///< in which some program of this machine waited for memory
  Number clock_khz;          ///< of the fastest of these processors, at the end
  Number waited_ns;          ///< before that, because others were busy
  std::string disturbed_by;  ///< what of this was too much, as words joined by ';'; see `name_disturbances`

  bool operator==(const Surroundings&) const = default;
};

/// Calls `visit(name, member)` for each member, in the order of samples.csv.
template <class S, class Visit>
void each_surrounding(S& surroundings, Visit visit) {
  visit("observed_ns", surroundings.observed_ns);
  visit("other_cpu_ns", surroundings.other_cpu_ns);
  visit("steal_ns", surroundings.steal_ns);
  visit("throttled_ns", surroundings.throttled_ns);
  visit("memory_stall_ns", surroundings.memory_stall_ns);
  visit("clock_khz", surroundings.clock_khz);
  visit("waited_ns", surroundings.waited_ns);
  visit("disturbed_by", surroundings.disturbed_by);
}

// The words of `disturbed_by`.
inline constexpr std::string_view disturbed_by_others = "others", disturbed_by_steal = "steal",
                                  disturbed_by_quota = "quota", disturbed_by_memory = "memory",
                                  disturbed_by_stop = "stopped";

/// Adds a word to those of `disturbed_by`.
void add_disturbance(std::string_view word, std::string& words);

/// Of what was seen while `samples` were taken together, one sample's share.
Surroundings share_of(const Surroundings& seen, std::size_t samples);

/// What disturbed a sample: that took so much of its time that it may show in it. `cpus`: how many processors
/// cells may use.
std::string name_disturbances(const Surroundings& surroundings, std::size_t cpus);

}  // namespace runoff
