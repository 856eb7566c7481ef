#include "cell/standing.h"

#include <sys/resource.h>

#include <cerrno>
#include <charconv>
#include <iterator>

#include "cell/float_mode.h"

namespace runoff::cell {
namespace {

std::string text_of(const cpu_set_t& cores) {
  std::string text;
  for (int core = 0; core < CPU_SETSIZE; ++core) {
    if (!CPU_ISSET(static_cast<std::size_t>(core), &cores)) continue;
    if (!text.empty()) text += ',';
    text += std::to_string(core);
  }
  return text;
}

std::string hexadecimal(std::uint64_t number) {
  char digits[16];
  return "0x" + std::string(digits, std::to_chars(std::begin(digits), std::end(digits), number, 16).ptr);
}

}  // namespace

std::optional<Standing> Standing::of(pid_t thread) {
  Standing found{};
  sched_param parameters{};
  errno = 0;
  // For the kernel, a thread is what it calls a process here.
  found.nice = ::getpriority(PRIO_PROCESS, static_cast<id_t>(thread));
  if (errno != 0) return std::nullopt;
  found.policy = ::sched_getscheduler(thread);
  if (found.policy < 0 || ::sched_getparam(thread, &parameters) != 0) return std::nullopt;
  found.priority = parameters.sched_priority;
  if (::sched_getaffinity(thread, sizeof(found.cores), &found.cores) != 0) return std::nullopt;
  found.floats = float_mode();
  return found;
}

std::string difference(const Standing& now, const Standing& should) {
  if (now.nice != should.nice)
    return "has nice level " + std::to_string(now.nice) + " instead of " + std::to_string(should.nice);
  if (now.policy != should.policy || now.priority != should.priority)
    return "has scheduling policy " + std::to_string(now.policy) + " and priority " +
           std::to_string(now.priority) + " instead of " + std::to_string(should.policy) + " and " +
           std::to_string(should.priority);
  if (now.floats != should.floats)
    return "computes in floating-point mode " + hexadecimal(now.floats) + " instead of " +
           hexadecimal(should.floats) + " (it rounds in another way, or takes numbers next to zero for zero)";
  if (!CPU_EQUAL(&now.cores, &should.cores))
    return "may run on cores " + text_of(now.cores) + " instead of " + text_of(should.cores);
  return {};
}

}  // namespace runoff::cell
