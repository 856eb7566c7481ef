#include "process/shared_memory_files.h"

#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <system_error>
#include <utility>

namespace runoff {
namespace {

namespace fs = std::filesystem;

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  std::error_code ignored;
  for (fs::directory_iterator entry(folder, ignored), end; entry != end; entry.increment(ignored))
    names.insert(entry->path().filename());
  return names;
}

/// "123": a process, as /proc names it; else 0.
pid_t process_called(const std::string& name) {
  return !name.empty() && name.size() < 10 && name.find_first_not_of("0123456789") == name.npos
             ? std::stoi(name)
             : 0;
}

Descriptor watch_new_files(const fs::path& folder) {
  Descriptor watch(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  if (::inotify_add_watch(watch.get(), folder.c_str(), IN_CREATE) < 0) watch.close();
  return watch;
}

}  // namespace

SharedMemoryFiles::SharedMemoryFiles(fs::path folder)
    : folder_(std::move(folder)), made_(watch_new_files(folder_)), before_(names_in(folder_)) {}

void SharedMemoryFiles::note(std::span<const pid_t> processes) {
  // Before the look: what is made meanwhile is worth another one.
  for (std::array<char, 4096> events; ::read(made_.get(), events.data(), events.size()) > 0;) {
  }
  for (const pid_t process : processes) keep_held(process, held_);
  std::erase_if(held_, [this](const std::string& name) { return before_.contains(name); });
}

void SharedMemoryFiles::keep_held(pid_t process, std::set<std::string>& held) const {
  const std::string inside = folder_.string() + "/";
  const auto keep = [&](const std::string& file) {
    if (file.starts_with(inside) && file.find('/', inside.size()) == file.npos)
      held.insert(file.substr(inside.size()));
  };
  const fs::path about = fs::path("/proc") / std::to_string(process);
  std::ifstream maps(about / "maps");
  for (std::string line; std::getline(maps, line);)
    if (const std::size_t file = line.find('/'); file != line.npos) keep(line.substr(file));
  std::error_code ignored;
  for (fs::directory_iterator entry(about / "fd", ignored), end; entry != end; entry.increment(ignored))
    keep(fs::read_symlink(entry->path(), ignored).string());
}

void SharedMemoryFiles::remove_left() {
  const std::set<std::string> there = names_in(folder_);
  std::erase_if(held_, [&there](const std::string& name) { return !there.contains(name); });
  if (held_.empty()) return;
  std::set<std::string> in_use;
  for (const std::string& name : names_in("/proc"))
    if (const pid_t process = process_called(name); process != 0) keep_held(process, in_use);
  std::error_code ignored;
  for (const std::string& name : std::exchange(held_, {}))
    if (!in_use.contains(name)) fs::remove(folder_ / name, ignored);
}

}  // namespace runoff
