#include <sys/resource.h>

#include "in_temporary.h"

namespace {

namespace fs = std::filesystem;
using runoff::testing::Driven;
using runoff::testing::Given;
using namespace runoff::testing;

class FileWrite : public InTemporary {
 protected:
  fs::path file(const std::string& name) const { return folder_ / "runoff-file-write" / name; }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_ / "runoff-file-write"), {}));
  }
  static void expect_wrong(const Driven& driven, const std::string& why) {
    const runoff::Check check = driven.check();
    EXPECT_FALSE(check.right);
    EXPECT_NE(check.why.find(why), std::string::npos) << check.why;
  }
  const Given few_{{"files", "5"}, {"size", "1001B"}};
};

TEST_F(FileWrite, EveryFileIsThereAndAnother) {
  for (const char* fsync : {"yes", "no"}) {
    Driven driven("file-write", {{"files", "7"}, {"size", "12345B"}, {"fsync", fsync}});
    for (unsigned seed = 0; seed < 3; ++seed) {
      driven.poison();
      driven.run_shuffled(seed);
      ASSERT_TRUE(driven.check().right) << driven.check().why;
      EXPECT_EQ(failures_of(driven), std::set<std::string>{});
    }
    std::set<std::string> contents;
    for (const char* name : {"00000.dat", "00003.dat", "00006.dat"}) {
      EXPECT_EQ(fs::file_size(file(name)), 12345u);
      contents.insert(read_file(file(name)).substr(8));
    }
    EXPECT_EQ(contents.size(), 3u);
    EXPECT_EQ(files(), 7u);
  }
}

TEST_F(FileWrite, NoticesWhatIsNotOnTheDisk) {
  Driven driven("file-write", few_);
  driven.run_shuffled();
  const fs::path third = file("00002.dat");
  const std::string right = read_file(third);
  write_file(third, right.substr(0, 1000));
  expect_wrong(driven, "00002.dat has 1000 bytes");
  write_file(third, right + "x");
  expect_wrong(driven, "00002.dat has 1002 bytes");
  std::string damaged = right;
  damaged[777] ^= 1;
  write_file(third, damaged);
  expect_wrong(driven, "00002.dat differs at byte 777");
  fs::remove(third);
  expect_wrong(driven, "00002.dat cannot be read back");
  write_file(third, right);
  EXPECT_TRUE(driven.check().right);
  driven.run_shuffled();
  write_file(third, right);
  expect_wrong(driven, "00002.dat is not the one that task 2 wrote last");
}

TEST_F(FileWrite, NoticesTasksThatDidNotRun) {
  Driven driven("file-write", few_);
  expect_wrong(driven, "task 0");
  driven.run_shuffled();
  driven.poison_slot(3);
  expect_wrong(driven, "task 3");
  driven.run_shuffled();
  driven.swap_slots(0, 4);
  expect_wrong(driven, "task 0");
}

TEST_F(FileWrite, ATaskThatFailsSaysWhyAndLeavesNothing) {
  Driven driven("file-write", few_);
  fs::create_directory(file("00001.dat"));
  driven.run_shuffled();
  EXPECT_EQ(failures_of(driven), std::set<std::string>{"rename 00001.dat: Is a directory"});
  EXPECT_TRUE(driven.check().right) << driven.check().why;
  EXPECT_EQ(files(), 5u);
  fs::remove_all(folder_ / "runoff-file-write");
  driven.run_shuffled();
  EXPECT_EQ(failure_of(driven, 4), "open 00004.dat: No such file or directory");
}

TEST_F(FileWrite, AFileThatCannotBeWrittenToItsEndIsNotThere) {
  Driven driven("file-write", {{"files", "3"}, {"size", "64KiB"}});
  const auto before = ::signal(SIGXFSZ, SIG_IGN);
  rlimit limit{};
  ::getrlimit(RLIMIT_FSIZE, &limit);
  const rlimit small{10'000, limit.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  driven.run_shuffled();
  ::setrlimit(RLIMIT_FSIZE, &limit);
  ::signal(SIGXFSZ, before);
  EXPECT_EQ(failure_of(driven, 1), "write 00001.dat: File too large");
  EXPECT_EQ(failures_of(driven).size(), 3u);
  EXPECT_EQ(files(), 0u);
}

TEST_F(FileWrite, AKilledWorkerLeavesOnlyWholeFiles) {
  Driven driven("file-write", {{"files", "4"}, {"size", "1MiB"}, {"fsync", "no"}});
  driven.run_shuffled();
  std::map<std::string, std::string> contents;
  for (const auto& entry : fs::directory_iterator(folder_ / "runoff-file-write"))
    contents[entry.path().filename()] = read_file(entry.path()).substr(8);
  ASSERT_EQ(contents.size(), 4u);
  for (int round = 0; round < 10; ++round) {
    for (const auto& [name, content] : contents) fs::remove(file(name));
    // In the midst of the second file or soon after.
    run_and_kill(driven, [&] { return fs::exists(file("00000.dat")); });
    for (const auto& [name, content] : contents) {
      if (!fs::exists(file(name))) continue;
      const std::string found = read_file(file(name));
      ASSERT_TRUE(found.size() == content.size() + 8 && found.ends_with(content)) << name;
    }
  }
}

}  // namespace
