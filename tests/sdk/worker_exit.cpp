#include "runoff/worker_exit.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace runoff {
namespace {

int status_of(void (*end)()) {
  const pid_t child = ::fork();
  if (child == 0) {
    end();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

TEST(WorkerExit, NamesTheExitCode) {
  EXPECT_EQ(describe_exit(status_of([] { ::_exit(3); }), 0), "exited with code 3");
  EXPECT_EQ(describe_exit(status_of([] { ::_exit(3); }), 1), "exited with code 3");
}

TEST(WorkerExit, NamesTheSignal) {
  EXPECT_EQ(describe_exit(status_of([] { ::raise(SIGKILL); }), 0), "was killed by SIGKILL");
  EXPECT_EQ(describe_exit(status_of([] { ::raise(SIGTERM); }), 1), "was killed by SIGTERM");
}

TEST(WorkerExit, TellsTheKernelsKill) {
  EXPECT_EQ(describe_exit(status_of([] { ::raise(SIGKILL); }), 1),
            "was killed by SIGKILL because memory ran out");
}

}  // namespace
}  // namespace runoff
