#include "process/children.h"

#include <dirent.h>

#include <cstdlib>
#include <fstream>
#include <string>

namespace runoff {
namespace {

std::string tasks_of(pid_t process) { return "/proc/" + std::to_string(process) + "/task"; }

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

std::vector<pid_t> children_of(pid_t process) {
  std::vector<pid_t> children;
  for (const pid_t thread : threads_of(process)) {
    std::ifstream list(tasks_of(process) + "/" + std::to_string(thread) + "/children");
    for (pid_t child; list >> child;) children.push_back(child);
  }
  return children;
}

}  // namespace runoff
