#include "runoff/cell_folder.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <fstream>

namespace runoff {
namespace {

namespace fs = std::filesystem;

/// A TMPDIR of its own.
class CellFolderTest : public ::testing::Test {
 protected:
  CellFolderTest() {
    std::string name = fs::temp_directory_path() / "runoff-test-XXXXXX";
    parent_ = ::mkdtemp(name.data());
    if (const char* before = std::getenv("TMPDIR")) before_ = before;
    ::setenv("TMPDIR", parent_.c_str(), 1);
  }
  ~CellFolderTest() override {
    before_.empty() ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", before_.c_str(), 1);
    fs::remove_all(parent_);
  }

  fs::path parent_;
  std::string before_;
};

TEST_F(CellFolderTest, lies_in_TMPDIR_under_the_same_name_everywhere) {
  EXPECT_EQ(CellFolder("notes").path(), parent_ / "runoff-notes");
  ::setenv("TMPDIR", (parent_.string() + "//").c_str(), 1);
  EXPECT_EQ(CellFolder("notes").path(), parent_ / "runoff-notes");
  ::setenv("TMPDIR", "", 1);
  EXPECT_EQ(CellFolder("notes").path(), "/tmp/runoff-notes");
}

TEST_F(CellFolderTest, goes_with_all_it_holds_when_its_maker_does) {
  {
    CellFolder folder("notes"), of_another_rank("notes");
    EXPECT_FALSE(fs::exists(folder.path()));
    folder.make();
    of_another_rank.make();
    EXPECT_EQ(fs::status(folder.path()).permissions(), fs::perms::owner_all);
    std::ofstream(folder.path() + "/a") << "text";
  }
  EXPECT_TRUE(fs::is_empty(parent_));
}

TEST_F(CellFolderTest, stays_when_one_who_did_not_make_it_leaves) {
  CellFolder folder("notes");
  folder.make();
  { CellFolder follower("notes"); }
  EXPECT_TRUE(fs::exists(folder.path()));
  const pid_t child = ::fork();
  if (child == 0) {
    folder.~CellFolder();
    ::_exit(0);
  }
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(fs::exists(folder.path()));
}

TEST_F(CellFolderTest, what_lies_in_its_way_is_named_and_stays) {
  const fs::path elsewhere = parent_ / "elsewhere";
  fs::create_directory(elsewhere);
  std::ofstream(parent_ / "runoff-file") << "text";
  fs::create_directory_symlink(elsewhere, parent_ / "runoff-link");
  fs::create_directory(parent_ / "runoff-open");
  fs::permissions(parent_ / "runoff-open", fs::perms::all);
  for (const char* name : {"file", "link", "open"}) {
    CellFolder folder(name);
    try {
      folder.make();
      ADD_FAILURE() << name << " was taken";
    } catch (const std::runtime_error& error) {
      EXPECT_EQ(std::string(error.what()).find("'" + folder.path() + "' is in the way; remove it"), 0u);
    }
  }
  EXPECT_TRUE(fs::exists(parent_ / "runoff-file") && fs::exists(elsewhere) &&
              fs::exists(parent_ / "runoff-open"));
  ::setenv("TMPDIR", (parent_ / "nowhere").c_str(), 1);
  EXPECT_THROW(CellFolder("notes").make(), std::runtime_error);
}

}  // namespace
}  // namespace runoff
