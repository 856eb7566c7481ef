#include "support/begin_afresh.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "support/standard_streams.h"

namespace runoff {
namespace {

/// What `work` returns in a process of its own.
template <class Work>
int in_a_process(Work work) {
  std::fflush(nullptr);  // which the child would print once more
  const pid_t child = ::fork();
  if (child == 0) ::_exit(work());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

TEST(BeginAfresh, OpensWhatIsClosedAndLeavesTheRest) {
  for (int closed = 0; closed < 8; ++closed)  // each set of the three
    EXPECT_EQ(in_a_process([closed] {
                const int other = ::open("/", O_RDONLY);
                for (int descriptor = 0; descriptor < 3; ++descriptor) {
                  ::dup2(other, descriptor);
                  if ((closed >> descriptor) % 2 == 1) ::close(descriptor);
                }
                begin_afresh();
                for (int descriptor = 0; descriptor < 3; ++descriptor) {
                  const bool leads_nowhere = (::fcntl(descriptor, F_GETFL) & O_ACCMODE) == O_RDWR;
                  if (leads_nowhere != ((closed >> descriptor) % 2 == 1)) return 1 + descriptor;
                }
                return ::open("/", O_RDONLY) > 2 ? 0 : 4;
              }),
              0)
        << closed;
}

TEST(BeginAfresh, SignalsAreAsTheSystemMeansThem) {
  EXPECT_EQ(in_a_process([] {
              for (const int signal : {SIGCHLD, SIGPIPE, SIGUSR1, SIGALRM, SIGFPE, SIGHUP})
                ::signal(signal, SIG_IGN);
              sigset_t all;
              ::sigfillset(&all);
              ::sigprocmask(SIG_SETMASK, &all, nullptr);
              begin_afresh();
              for (const int signal : {SIGCHLD, SIGPIPE, SIGUSR1, SIGALRM, SIGFPE})
                if (::signal(signal, SIG_IGN) != SIG_DFL) return signal;
              if (::signal(SIGXFSZ, SIG_DFL) != SIG_IGN) return 102;  // writing past a limit is an error
              if (::signal(SIGHUP, SIG_DFL) != SIG_IGN) return 100;   // as nohup wants it
              sigset_t blocked;
              ::sigprocmask(SIG_SETMASK, nullptr, &blocked);
              for (int signal = 1; signal < NSIG; ++signal)
                if (::sigismember(&blocked, signal) == 1) return 101;
              return 0;
            }),
            0);
}

TEST(StandardStreams, WhatCannotBePrintedIsToldAndWhatIsSaidEndsNothing) {
  EXPECT_EQ(in_a_process([] {
              const int full = ::open("/dev/full", O_WRONLY);
              ::dup2(full, STDOUT_FILENO);
              ::dup2(full, STDERR_FILENO);
              say("lost\n");
              if (!output_problem().empty()) return 1;  // nothing was printed yet
              std::puts("a report");
              if (output_problem() != "standard output cannot be written: No space left on device") return 2;
              // Still known later, when nothing is left to write.
              return output_problem().ends_with("No space left on device") ? 0 : 3;
            }),
            0);
}

}  // namespace
}  // namespace runoff
