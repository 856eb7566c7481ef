#include "process/descendants.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

namespace runoff {
namespace {

// A process gives itself a name that reads like a stat of a child of process 1, in a line of its own.
TEST(Descendants, AreFoundWhateverTheyAreCalled) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::prctl(PR_SET_NAME, "a) S 1 (b\nc");
    while (true) ::pause();
  }
  const auto found = descendants(::getpid());
  EXPECT_NE(std::find(found.begin(), found.end(), child), found.end());
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
}

}  // namespace
}  // namespace runoff
