#include "runoff/asynchronous.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "in_temporary.h"

// The asynchronous forms do what the others do, also when something goes wrong.

namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using runoff::testing::Driven;
using runoff::testing::Given;
using namespace runoff::testing;

class AsynchronousForm : public InTemporary {
 protected:
  /// All tasks at once on one loop. False where the machine has no io_uring.
  static bool run(Driven& driven) {
    const runoff::Asynchronous* form = nullptr;
    try {
      form = driven.workload().asynchronous();
    } catch (const runoff::Unsupported& error) {
      EXPECT_EQ(std::string(error.what()).find("no io_uring: "), 0u);
      return false;
    }
    asio::io_context loop{1};
    driven.poison();
    for (std::size_t task = 0; task < driven.workload().tasks(); ++task)
      asio::co_spawn(loop, form->run_async(task, driven.results()), asio::detached);
    loop.run();
    return true;
  }
};

TEST_F(AsynchronousForm, GivesTheSameAnswers) {
  const std::pair<std::string, Given> cases[] = {
      {"file-write", {{"files", "20"}, {"size", "100001B"}}},
      {"file-write", {{"files", "1500"}, {"size", "100B"}, {"fsync", "no"}}},  // more than the queue holds
      {"file-read", {{"files", "20"}, {"size", "100001B"}}},
      {"file-read", {{"files", "3"}, {"size", "0B"}}},
      {"file-read", {{"files", "3"}, {"size", "65536B"}}},
      {"hybrid", {{"tasks", "20"}, {"work", "1000"}, {"duration", "1ms"}}},
  };
  for (const auto& [workload, given] : cases) {
    Driven driven(workload, given);
    if (!run(driven)) continue;
    EXPECT_EQ(failures_of(driven), std::set<std::string>{});
    EXPECT_TRUE(driven.check().right) << workload << ": " << driven.check().why;
    EXPECT_TRUE(run(driven) && driven.check().right) << "in a second execution";
  }
}

TEST_F(AsynchronousForm, FailsInTheSameWords) {
  Driven writes("file-write", {{"files", "3"}, {"size", "1000B"}}),
      reads("file-read", {{"files", "3"}, {"size", "1000B"}});
  const fs::path written = folder_ / "runoff-file-write", read = folder_ / "runoff-file-read";
  fs::create_directory(written / "00001.dat");
  fs::remove(read / "00000.dat");
  fs::resize_file(read / "00001.dat", 10);
  if (!run(writes) || !run(reads)) GTEST_SKIP() << "no io_uring here";
  EXPECT_EQ(failures_of(writes), std::set<std::string>{"rename 00001.dat: Is a directory"});
  EXPECT_TRUE(writes.check().right) << writes.check().why;
  EXPECT_EQ(std::distance(fs::directory_iterator(written), {}), 3);
  EXPECT_EQ(failures_of(reads), (std::set<std::string>{"open 00000.dat: No such file or directory",
                                                       "read 00001.dat: it has 10 bytes, not 1000"}));
  EXPECT_TRUE(reads.check().right) << reads.check().why;
}

TEST_F(AsynchronousForm, ALoopThatIsTakenDownWaitsForTheKernel) {
  Driven driven("file-write", {{"files", "50"}, {"size", "100000B"}});
  try {
    const runoff::Asynchronous* form = driven.workload().asynchronous();
    asio::io_context loop{1};
    for (std::size_t task = 0; task < 50; ++task)
      asio::co_spawn(loop, form->run_async(task, driven.results()), asio::detached);
    for (int i = 0; i < 60; ++i) loop.run_one();
  } catch (const runoff::Unsupported&) {
    GTEST_SKIP() << "no io_uring here";
  }
  driven.run_shuffled();
  EXPECT_TRUE(driven.check().right) << driven.check().why;
}

}  // namespace
