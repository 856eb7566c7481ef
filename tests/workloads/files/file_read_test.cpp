#include "in_temporary.h"

namespace {

namespace fs = std::filesystem;
using runoff::testing::Driven;
using namespace runoff::testing;

class FileRead : public InTemporary {
 protected:
  fs::path file(const std::string& name) const { return folder_ / "runoff-file-read" / name; }
};

TEST_F(FileRead, ReadsFilesOfEverySize) {
  for (const char* size :
       {"0B", "1B", "7B", "8B", "1001B", "65535B", "65536B", "65537B", "131072B", "200003B"}) {
    Driven driven("file-read", {{"files", "3"}, {"size", size}});
    driven.run_shuffled();
    EXPECT_EQ(failures_of(driven), std::set<std::string>{});
    EXPECT_TRUE(driven.check().right) << size << ": " << driven.check().why;
  }
}

TEST_F(FileRead, ReadsThemFromTheDiskWhereThereIsOne) {
  try {
    Driven driven("file-read", {{"files", "3"}, {"size", "100001B"}, {"cache", "cold"}});
    driven.run_shuffled();
    EXPECT_EQ(failures_of(driven), std::set<std::string>{});
    EXPECT_TRUE(driven.check().right) << driven.check().why;
  } catch (const runoff::Unsupported& error) {
    EXPECT_NE(std::string(error.what()).find("keeps its files in memory"), std::string::npos);
  }
}

TEST_F(FileRead, NoticesThatOtherBytesWereRead) {
  Driven driven("file-read", {{"files", "4"}, {"size", "1001B"}});
  const fs::path second = file("00001.dat");
  const std::string right = read_file(second);
  ASSERT_EQ(right.size(), 1001u);
  std::string damaged = right, reordered = right;
  damaged[1000] ^= 1;
  std::swap_ranges(reordered.begin() + 8, reordered.begin() + 16, reordered.begin() + 160);
  for (const std::string& wrong :
       {damaged, reordered, read_file(file("00002.dat")), std::string(1001, '\0')}) {
    write_file(second, wrong);
    driven.run_shuffled();
    EXPECT_EQ(failures_of(driven), std::set<std::string>{});
    EXPECT_NE(driven.check().why.find("task 1 did not read"), std::string::npos) << driven.check().why;
  }
}

TEST_F(FileRead, AMissingOrShortFileIsAFailedTask) {
  Driven driven("file-read", {{"files", "4"}, {"size", "1001B"}});
  fs::resize_file(file("00001.dat"), 999);
  fs::remove(file("00002.dat"));
  fs::remove(file("00003.dat"));
  fs::create_directory(file("00003.dat"));
  driven.run_shuffled();
  EXPECT_EQ(failure_of(driven, 0), "");
  EXPECT_EQ(failure_of(driven, 1), "read 00001.dat: it has 999 bytes, not 1001");
  EXPECT_EQ(failure_of(driven, 2), "open 00002.dat: No such file or directory");
  EXPECT_EQ(failure_of(driven, 3), "read 00003.dat: Is a directory");
  EXPECT_TRUE(driven.check().right) << driven.check().why;
}

}  // namespace
