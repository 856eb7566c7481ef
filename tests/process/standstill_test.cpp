#include "process/standstill.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <latch>
#include <regex>
#include <string>
#include <thread>
#include <vector>

namespace runoff {
namespace {

/// A child that does this, while it lives.
class Child {
 public:
  template <class Work>
  explicit Child(Work work) : id_(::fork()) {
    if (id_ != 0) return;
    work();
    ::_exit(0);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    ::kill(id_, SIGKILL);
    ::waitpid(id_, nullptr, 0);
  }
  pid_t id() const { return id_; }

 private:
  pid_t id_;
};

TEST(Standstill, TellsTheSystemCallsThatAllWaitIn) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "the thread sanitizer starts a thread of its own in each process";
#endif
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const auto reads = [&ends] {
    char byte = 0;
    if (::read(ends[0], &byte, 1) < 0) ::_exit(1);
  };
  const Child one(reads), two(reads), three([] {
    while (true) ::pause();
  });
  std::string text;
  // A child may not have got so far yet.
  for (int i = 0; i < 50 && text.find("2 in read, 1 in pause") == text.npos; ++i)
    text = what_they_do(std::array{one.id(), two.id(), three.id()});
  EXPECT_EQ(text, "all 3 threads of 3 processes wait and used no processor time: 2 in read, 1 in pause");
}

TEST(Standstill, TellsThoseThatASignalStopped) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "the thread sanitizer starts a thread of its own in each process";
#endif
  const Child stopped([] { ::raise(SIGSTOP); });
  ASSERT_EQ(::waitpid(stopped.id(), nullptr, WUNTRACED), stopped.id());
  EXPECT_EQ(what_they_do(std::array{stopped.id()}),
            "its 1 thread of 1 process waits and used no processor time: 1 stopped by a signal");
}

TEST(Standstill, TellsThoseThatRun) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "the thread sanitizer starts a thread of its own in each process";
#endif
  const Child busy([] {
    for (volatile unsigned i = 0;;) i = i + 1;
  });
  const std::string text = what_they_do(std::array{busy.id()});
  EXPECT_TRUE(
      std::regex_match(text, std::regex("1 of 1 thread of 1 process ran, using \\d+ % of a processor")))
      << text;
}

// Each has had a small part of the time that they are watched for, and another part than the others.
TEST(Standstill, ManyUseNoMoreThanThereIs) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "the thread sanitizer starts a thread of its own in each process";
#endif
  constexpr int many = 60;
  const Child busy([] {
    std::latch all(many);  // those that ran before would be in the way of those that are made
    std::vector<std::jthread> threads;
    for (int i = 0; i < many; ++i)
      threads.emplace_back([&all] {
        all.arrive_and_wait();
        for (volatile unsigned k = 0;;) k = k + 1;
      });
  });
  std::string text;
  std::smatch found;
  const std::regex all("of " + std::to_string(many + 1) + " threads of 1 process ran, using (\\d+) %");
  for (int i = 0; i < 50 && !std::regex_search(text, found, all); ++i)
    text = what_they_do(std::array{busy.id()});
  ASSERT_FALSE(found.empty()) << text;
  // Two clocks, of which one counts time on processors, never agree to the last part.
  EXPECT_LE(std::stoi(found[1]), 101 * static_cast<int>(std::thread::hardware_concurrency())) << text;
}

TEST(Standstill, SaysNothingOfProcessesThatAreNotThere) {
  pid_t ended = 0;
  {
    const Child child([] {});
    ended = child.id();
  }
  EXPECT_EQ(what_they_do(std::array{ended}), "");
}

}  // namespace
}  // namespace runoff
