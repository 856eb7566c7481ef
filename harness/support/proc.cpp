#include "support/proc.h"

#include <dirent.h>
#include <time.h>

#include <charconv>
#include <fstream>

#include "support/errors.h"
#include "support/files.h"

namespace runoff {
namespace {

std::string tasks_of(pid_t process) { return "/proc/" + std::to_string(process) + "/task"; }

/// The entries of a folder whose names are numbers.
std::vector<pid_t> numbers_in(const std::string& folder) {
  std::vector<pid_t> numbers;
  DIR* directory = ::opendir(folder.c_str());
  if (directory == nullptr) return numbers;
  while (const dirent* entry = ::readdir(directory)) {
    const std::string_view name = entry->d_name;
    pid_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error == std::errc{} && *end == '\0' && number > 0) numbers.push_back(number);
  }
  ::closedir(directory);
  return numbers;
}

}  // namespace

std::vector<pid_t> all_processes(const std::filesystem::path& proc) { return numbers_in(proc); }

std::int64_t process_cpu_ns(pid_t process) {
  clockid_t clock{};
  timespec time{};
  if (::clock_getcpuclockid(process, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return 0;
  return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

std::vector<pid_t> threads_of(pid_t process) { return numbers_in(tasks_of(process)); }

std::string folder_of_thread(pid_t process, pid_t thread) {
  return tasks_of(process) + "/" + std::to_string(thread);
}

std::vector<pid_t> children_of(pid_t process) {
  std::vector<pid_t> children;
  for (const pid_t thread : threads_of(process)) {
    std::ifstream list(folder_of_thread(process, thread) + "/children");
    for (pid_t child; list >> child;) children.push_back(child);
  }
  return children;
}

std::optional<ProcStat> read_stat(const std::filesystem::path& folder) {
  try {
    const std::string text = read_if_there(folder / "stat").value_or("");  // "20 (name) S 1 ..."
    const std::size_t open = text.find('('), close = text.rfind(')');
    if (open == text.npos || close == text.npos) return std::nullopt;
    return ProcStat{text.substr(open + 1, close - open - 1), text.substr(close + 1)};
  } catch (const MachineError&) {
    return std::nullopt;  // it ended meanwhile
  }
}

}  // namespace runoff
