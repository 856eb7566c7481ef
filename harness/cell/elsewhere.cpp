#include "cell/elsewhere.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <utility>

#include "cell/descendants.h"
#include "support/proc.h"
#include "runoff/errors.h"

namespace runoff::cell {
namespace {

/// The number of the thread that the kernel started last, the last field of /proc/loadavg; 0 where it is not
/// told.
std::int64_t newest_thread() {
  std::ifstream file("/proc/loadavg");
  std::string field, last;
  while (file >> field) last = field;
  return last.empty() ? 0 : std::atoll(last.c_str());
}

/// Whether the kernel can have given out the number after `before`, and up to `now`: numbers rise, and begin
/// again at the end of their range.
bool given_out_between(std::int64_t number, std::int64_t before, std::int64_t now) {
  if (before <= now) return before < number && number <= now;
  return number > before || number <= now;
}

}  // namespace

Elsewhere::Elsewhere() : newest_(newest_thread()) {}

Seen Elsewhere::look(unsigned most) {
  Seen seen = std::exchange(seen_, {});
  if (threads_.empty()) return seen;
  const std::set<std::int64_t> named = std::exchange(threads_, {});
  seen.workers = static_cast<std::uint32_t>(std::min<std::size_t>(named.size(), most));
  const std::int64_t before = std::exchange(newest_, newest_thread());
  std::set<std::int64_t> there;
  for (const pid_t process : descendants())
    for (const pid_t thread : threads_of(process)) there.insert(thread);
  for (const std::int64_t thread : named) {
    if (there.contains(thread)) continue;
    // One that was started for this execution may have ended with it.
    if (thread > 0 && (newest_ == 0 || given_out_between(thread, before, newest_))) continue;
    throw WrongInput("tasks are said to have run on thread " + std::to_string(thread) +
                     ", which this cell has not had");
  }
  return seen;
}

}  // namespace runoff::cell
