#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "launcher/launcher.h"
#include "support/proc.h"
#include "support/temporary.h"

namespace runoff {

// Guards against hanging for ever, not speed limits: a loaded machine may take its time.
inline constexpr std::chrono::seconds hang_guard{60};

inline bool alive(pid_t process) {
  const auto stat = read_stat("/proc/" + std::to_string(process));
  return stat && !stat->fields.starts_with(" Z");
}

template <class Condition>
bool eventually(Condition condition) {
  const auto deadline = std::chrono::steady_clock::now() + hang_guard;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

/// A shell script that becomes three processes, each of which writes its number. One is in our own process
/// group. One left its session, and its parent ended. One ignores SIGTERM.
class Tree {
 public:
  explicit Tree(const std::filesystem::path& folder) : folder_(folder) {}

  std::vector<std::string> command() const {
    const std::string script =
        "cd '" + folder_.string() +
        "'\n"
        "setsid sh -c 'sh -c \"echo \\$\\$ > orphan.draft; mv orphan.draft orphan; exec sleep 3600\" & exit' "
        "&\n"
        "sh -c 'trap \"\" TERM; echo $$ > deaf.draft; mv deaf.draft deaf; while :; do sleep 1; done' &\n"
        "echo $$ > own.draft; mv own.draft own\n"
        "wait; sleep 3600\n";
    return {"/bin/sh", "-c", script};
  }
  /// Waits until all three are there.
  std::vector<pid_t> processes() const {
    std::vector<pid_t> found;
    for (const auto* name : {"orphan", "deaf", "own"}) {
      EXPECT_TRUE(eventually([&] { return std::filesystem::exists(folder_ / name); })) << name;
      found.push_back(std::atoi(read_text(folder_ / name).c_str()));
    }
    return found;
  }

 private:
  std::filesystem::path folder_;
};

inline Request request(std::vector<std::string> arguments, std::chrono::nanoseconds limit = hang_guard) {
  return {std::move(arguments), {}, limit.count()};
}

inline Answer run(Launcher& launcher, const Request& what) {
  const auto answer = launcher.run(what);
  if (!answer) throw std::runtime_error("interrupted");
  return *answer;
}

}  // namespace runoff
