#include "process/standstill.h"

#include <sys/syscall.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <map>
#include <sstream>
#include <thread>
#include <utility>
#include <vector>

#include "support/proc.h"

namespace runoff {
namespace {

constexpr std::chrono::milliseconds watched{100};
/// A thread that only looks now and then whether it should go on waits all the same.
constexpr std::int64_t nothing_ns = 2'000'000;

/// Those that threads wait in; what else there is, is told by its number.
constexpr std::array<std::pair<long, const char*>, 30> calls{{
    {SYS_futex, "futex"},
    {SYS_read, "read"},
    {SYS_readv, "readv"},
    {SYS_pread64, "pread"},
    {SYS_write, "write"},
    {SYS_writev, "writev"},
    {SYS_ppoll, "ppoll"},
    {SYS_pselect6, "pselect"},
    {SYS_epoll_pwait, "epoll_pwait"},
    {SYS_wait4, "wait4"},
    {SYS_waitid, "waitid"},
    {SYS_nanosleep, "nanosleep"},
    {SYS_clock_nanosleep, "clock_nanosleep"},
    {SYS_recvmsg, "recvmsg"},
    {SYS_recvfrom, "recvfrom"},
    {SYS_sendmsg, "sendmsg"},
    {SYS_sendto, "sendto"},
    {SYS_accept, "accept"},
    {SYS_accept4, "accept4"},
    {SYS_connect, "connect"},
    {SYS_flock, "flock"},
    {SYS_fcntl, "fcntl"},
    {SYS_fsync, "fsync"},
    {SYS_fdatasync, "fdatasync"},
    {SYS_rt_sigtimedwait, "rt_sigtimedwait"},
    {SYS_restart_syscall, "a wait that was interrupted"},
    {SYS_semop, "semop"},
    {SYS_semtimedop, "semtimedop"},
    {SYS_msgrcv, "msgrcv"},
    {SYS_io_uring_enter, "io_uring_enter"},
}};
#ifdef SYS_poll  // newer architectures have only those above
constexpr std::array<std::pair<long, const char*>, 5> older_calls{{{SYS_poll, "poll"},
                                                                   {SYS_select, "select"},
                                                                   {SYS_epoll_wait, "epoll_wait"},
                                                                   {SYS_pause, "pause"},
                                                                   {SYS_vfork, "vfork"}}};
#else
constexpr std::array<std::pair<long, const char*>, 0> older_calls{};
#endif

std::string call_name(long number) {
  const auto is_it = [number](const auto& call) { return call.first == number; };
  if (const auto one = std::find_if(calls.begin(), calls.end(), is_it); one != calls.end())
    return one->second;
  const auto old = std::find_if(older_calls.begin(), older_calls.end(), is_it);
  return old != older_calls.end() ? old->second : "system call " + std::to_string(number);
}

using Clock = std::chrono::steady_clock;
using std::chrono::nanoseconds;

/// How much a process had used of processors, and when.
struct Used {
  pid_t process;
  Clock::time_point at;
  std::int64_t cpu_ns;
};

std::vector<Used> used_by(std::span<const pid_t> processes) {
  std::vector<Used> used;
  for (const pid_t process : processes) used.push_back({process, Clock::now(), process_cpu_ns(process)});
  return used;
}

/// What keeps a thread from running: "in read", the system call, or what the kernel calls its place; or what
/// stopped it. Empty where it runs or has ended.
std::string kept_by(const std::string& thread) {
  const auto stat = read_stat(thread);
  char state = 'X';
  if (stat) std::istringstream(stat->fields) >> state;
  if (std::string_view("RZX").find(state) != std::string_view::npos) return {};
  if (state == 'T') return "stopped by a signal";
  if (state == 't') return "held by a debugger";
  long number = -1;
  if (std::ifstream(thread + "/syscall") >> number && number >= 0) return "in " + call_name(number);
  std::string place;
  std::getline(std::ifstream(thread + "/wchan"), place);
  return "in " + (place.empty() || place == "0" ? "a place that the kernel does not tell" : place);
}

std::string plural(std::size_t number, const char* one, const char* more) {
  return std::to_string(number) + " " + (number == 1 ? one : more);
}

}  // namespace

std::string what_they_do(std::span<const pid_t> processes) {
  const auto before = used_by(processes);
  std::this_thread::sleep_for(watched);
  std::int64_t used = 0;
  double processors = 0;
  for (const Used& one : before) {
    const std::int64_t more = std::max<std::int64_t>(process_cpu_ns(one.process) - one.cpu_ns, 0);
    used += more;
    processors += static_cast<double>(more) / static_cast<double>(nanoseconds(Clock::now() - one.at).count());
  }
  std::map<std::string, std::size_t> waiting;
  std::size_t alive = 0, threads = 0, run = 0;
  for (const pid_t process : processes) {
    const auto of_process = threads_of(process);
    alive += of_process.empty() ? 0 : 1;
    threads += of_process.size();
    for (const pid_t thread : of_process) {
      const std::string place = kept_by(folder_of_thread(process, thread));
      if (place.empty())
        ++run;
      else
        ++waiting[place];
    }
  }
  if (threads == 0) return {};
  std::vector<std::pair<std::size_t, std::string>> places;
  for (const auto& [place, count] : waiting) places.emplace_back(count, place);
  std::stable_sort(places.begin(), places.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string list;
  for (const auto& [count, place] : places) {
    list += list.empty() ? "" : ", ";
    list += std::to_string(count) + " " + place;
  }
  const std::string all =
      plural(threads, "thread", "threads") + " of " + plural(alive, "process", "processes");
  if (run == 0 && used < nothing_ns)
    return (threads == 1 ? "its " : "all ") + all + (threads == 1 ? " waits" : " wait") +
           " and used no processor time: " + list;
  return std::to_string(run) + " of " + all + " ran, using " + std::to_string(std::lround(processors * 100)) +
         " % of a processor" + (list.empty() ? "" : "; the others wait: " + list);
}

}  // namespace runoff
