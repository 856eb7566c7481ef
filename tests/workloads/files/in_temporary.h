#pragma once

#include <gtest/gtest.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "driven.h"
#include "runoff/task_record.h"

namespace runoff::testing {

/// Gives the workloads of a test a TMPDIR of their own, and sees that nothing stays behind in it.
class InTemporary : public ::testing::Test {
 protected:
  InTemporary() {
    std::string name = std::filesystem::temp_directory_path() / "runoff-test-XXXXXX";
    folder_ = ::mkdtemp(name.data());
    if (const char* before = std::getenv("TMPDIR")) before_ = before;
    ::setenv("TMPDIR", folder_.c_str(), 1);
  }
  ~InTemporary() override {
    EXPECT_TRUE(std::filesystem::is_empty(folder_)) << "something stayed behind";
    before_.empty() ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", before_.c_str(), 1);
    std::filesystem::remove_all(folder_);
  }

  std::filesystem::path folder_;
  std::string before_;
};

inline std::string read_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

inline void write_file(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

inline std::string failure_of(Driven& driven, std::size_t slot) {
  return std::string(driven.workload().record(driven.results(), slot)->failure());
}

/// The texts of all tasks that failed.
inline std::set<std::string> failures_of(Driven& driven) {
  std::set<std::string> texts;
  for (std::size_t slot = 0; slot < driven.workload().tasks(); ++slot)
    if (const std::string text = failure_of(driven, slot); !text.empty()) texts.insert(text);
  return texts;
}

/// Runs all tasks again and again in a forked worker that is killed as soon as `enough` says so.
template <class Enough>
void run_and_kill(Driven& driven, Enough enough) {
  const pid_t worker = ::fork();
  if (worker == 0) ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  while (worker == 0) driven.workload().run({0, driven.workload().tasks()}, driven.results());
  while (!enough()) ::sched_yield();
  ::kill(worker, SIGKILL);
  int status = 0;
  ::waitpid(worker, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
}

}  // namespace runoff::testing
