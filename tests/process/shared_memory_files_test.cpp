#include "process/shared_memory_files.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <vector>

#include "support/temporary_folder.h"

namespace runoff {
namespace {

namespace fs = std::filesystem;

/// A process that has a file open until it is killed.
class Holder {
 public:
  explicit Holder(const fs::path& file) : stream_(file, std::ios::app), process_(::fork()) {
    if (process_ == 0)
      while (true) ::pause();
    stream_.close();
  }
  ~Holder() { end(); }
  std::vector<pid_t> process() const { return {process_}; }
  void end() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
  }

 private:
  std::ofstream stream_;
  pid_t process_;
};

class SharedMemoryFilesTest : public testing::Test {
 protected:
  fs::path make(const char* name) {
    std::ofstream(folder_.path() / name) << "content";
    return folder_.path() / name;
  }
  TemporaryFolder folder_;
};

TEST_F(SharedMemoryFilesTest, RemovesWhatTheJobHeldAndNothingElse) {
  const fs::path older = make("older");
  SharedMemoryFiles files(folder_.path());
  const fs::path of_the_job = make("of the job"), of_others = make("of others"), shared = make("shared");
  Holder first(of_the_job), second(older), third(shared), other(shared);
  for (const Holder* one : {&first, &second, &third}) files.note(one->process());
  for (Holder* one : {&first, &second, &third}) one->end();
  files.remove_left();
  EXPECT_FALSE(fs::exists(of_the_job));
  EXPECT_TRUE(fs::exists(older));      // it was there before the job
  EXPECT_TRUE(fs::exists(of_others));  // none of the job had it
  EXPECT_TRUE(fs::exists(shared));     // another process still has it
}

// As the C library makes a named semaphore: what is mapped has another name, which is gone.
TEST_F(SharedMemoryFilesTest, RemovesWhatGotItsNameLater) {
  SharedMemoryFiles files(folder_.path());
  for (const bool named_before : {false, true}) {
    const fs::path first = make("first"), name = folder_.path() / "name";
    if (named_before) fs::create_hard_link(first, name);
    Holder holder(first);
    if (!named_before) fs::create_hard_link(first, name);
    fs::remove(first);
    files.note(holder.process());
    holder.end();
    files.remove_left();
    EXPECT_FALSE(fs::exists(name));
  }
}

TEST_F(SharedMemoryFilesTest, SaysWhenAFileWasMadeSinceTheLastNote) {
  SharedMemoryFiles files(folder_.path());
  const auto made = [&files] {
    pollfd wait{files.made(), POLLIN, 0};
    return ::poll(&wait, 1, 0) == 1;
  };
  EXPECT_FALSE(made());
  make("first");
  EXPECT_TRUE(made());
  files.note({});
  EXPECT_FALSE(made());
  make("second");
  EXPECT_TRUE(made());
}

TEST_F(SharedMemoryFilesTest, AJobThatLeavesNothingIsNoError) {
  SharedMemoryFiles files(folder_.path() / "not there");
  files.note(std::vector<pid_t>{::getpid(), 1, 0});
  files.remove_left();
}

}  // namespace
}  // namespace runoff
