#include "runoff/find_program.h"

#include <gtest/gtest.h>

#include <fstream>

namespace runoff {
namespace {

namespace fs = std::filesystem;

/// Folders with a PATH that leads through all of them.
class FindProgram : public testing::Test {
 protected:
  FindProgram() {
    std::string name = fs::temp_directory_path() / "runoff-test-XXXXXX";
    root_ = ::mkdtemp(name.data());
    ::setenv("PATH", (root_ / "a").string().append(":/no/such/folder:").append(root_ / "b").c_str(), 1);
    fs::create_directories(root_ / "a");
    fs::create_directories(root_ / "b");
  }
  ~FindProgram() override {
    ::setenv("PATH", before_.c_str(), 1);
    fs::remove_all(root_);
  }

  fs::path put(const char* file, fs::perms permissions) {
    std::ofstream(root_ / file) << "#!/bin/sh\n";
    fs::permissions(root_ / file, permissions);
    return root_ / file;
  }

  const std::string before_ = std::getenv("PATH");
  fs::path root_;
};

TEST_F(FindProgram, takes_the_first_in_PATH_that_can_be_started) {
  const auto second = put("b/tool", fs::perms::owner_all);
  EXPECT_EQ(find_program("tool"), second);
  const auto first = put("a/tool", fs::perms::owner_read);
  EXPECT_EQ(find_program("tool"), second) << "the first may not be started";
  fs::permissions(first, fs::perms::owner_all);
  EXPECT_EQ(find_program("tool"), first);
  fs::remove(first);
  fs::create_directory(first);
  EXPECT_EQ(find_program("tool"), second) << "the first is a folder";
}

TEST_F(FindProgram, takes_a_path_as_it_is) {
  EXPECT_EQ(find_program("./tool"), "./tool");
  EXPECT_EQ(find_program("/nowhere/tool"), "/nowhere/tool");
}

TEST_F(FindProgram, finds_none_where_there_is_none) {
  put("a/other", fs::perms::owner_all);
  EXPECT_EQ(find_program("tool"), "");
  ::unsetenv("PATH");
  EXPECT_EQ(find_program("other"), "");
}

TEST_F(FindProgram, a_program_is_a_file_that_can_be_started) {
  EXPECT_TRUE(is_program(put("a/tool", fs::perms::owner_all)));
  EXPECT_FALSE(is_program(put("b/tool", fs::perms::owner_read)));
  EXPECT_FALSE(is_program(root_ / "a"));
  EXPECT_FALSE(is_program(""));
}

}  // namespace
}  // namespace runoff
