#include "cell/elsewhere.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runoff/errors.h"

namespace runoff::cell {
namespace {

/// A process that lives until it is told to end.
class Child {
 public:
  Child() : id_(::fork()) {
    while (id_ == 0) ::pause();
  }
  ~Child() { end(); }
  void end() {
    if (ended_) return;
    ::kill(id_, SIGKILL);
    ::waitpid(id_, nullptr, 0);
    ended_ = true;
  }
  pid_t id() const { return id_; }

 private:
  pid_t id_;
  bool ended_ = false;
};

TEST(Elsewhere, CountsTasksAndTheWorkersThatTheKernelHas) {
  const Child one, other;
  Elsewhere elsewhere;
  elsewhere.note(100, one.id());
  elsewhere.note(20, other.id());
  elsewhere.note(3, one.id());
  const Seen seen = elsewhere.look(8);
  EXPECT_EQ(seen.tasks, 3U);
  EXPECT_EQ(seen.which, 123U);
  EXPECT_EQ(seen.workers, 2U);
  EXPECT_EQ(elsewhere.look(8).tasks, 0U);
}

TEST(Elsewhere, AWorkerThatWasMadeForAnExecutionMayHaveEndedWithIt) {
  Elsewhere elsewhere;
  Child gone;
  gone.end();
  elsewhere.note(1, gone.id());
  EXPECT_EQ(elsewhere.look(8).workers, 1U);
}

TEST(Elsewhere, ButNotOneThatHadEndedBefore) {
  Child gone;
  gone.end();
  const Child later;  // the numbers of threads have gone on
  Elsewhere elsewhere;
  elsewhere.note(1, gone.id());
  EXPECT_THROW(elsewhere.look(8), WrongInput);
}

TEST(Elsewhere, NorAProcessThatDescendsFromAnother) {
  Elsewhere elsewhere;
  elsewhere.note(1, ::getppid());
  EXPECT_THROW(elsewhere.look(8), WrongInput);
  for (const std::int64_t made_up : {0, -1, 4'000'000}) {
    elsewhere.note(1, made_up);
    EXPECT_THROW(elsewhere.look(8), WrongInput) << made_up;
  }
}

TEST(Elsewhere, CountsNoMoreWorkersThanThereAre) {
  const Child one, other;
  Elsewhere elsewhere;
  elsewhere.note(1, one.id());
  elsewhere.note(1, other.id());
  EXPECT_EQ(elsewhere.look(1).workers, 1U);
}

}  // namespace
}  // namespace runoff::cell
