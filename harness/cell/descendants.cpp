#include "cell/descendants.h"

#include <dirent.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <string>

namespace runoff::cell {
namespace {

std::string tasks_of(pid_t process) { return "/proc/" + std::to_string(process) + "/task"; }

void collect_descendants(pid_t process, std::vector<pid_t>& found) {
  for (const pid_t thread : threads_of(process)) {
    std::ifstream children(tasks_of(process) + "/" + std::to_string(thread) + "/children");
    for (pid_t child; children >> child;) {
      found.push_back(child);
      collect_descendants(child, found);
    }
  }
}

}  // namespace

std::vector<pid_t> threads_of(pid_t process) {
  std::vector<pid_t> threads;
  DIR* directory = ::opendir(tasks_of(process).c_str());
  if (directory == nullptr) return threads;
  while (const dirent* entry = ::readdir(directory))
    if (entry->d_name[0] != '.') threads.push_back(std::atoi(entry->d_name));
  ::closedir(directory);
  return threads;
}

std::vector<pid_t> descendants() {
  std::vector<pid_t> found;
  collect_descendants(::getpid(), found);
  return found;
}

}  // namespace runoff::cell
