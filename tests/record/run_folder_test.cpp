#include "record/run_folder.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "support/errors.h"
#include "support/temporary.h"

namespace runoff {
namespace {

using Json = nlohmann::ordered_json;

class Folder : public testing::Test {
 protected:
  std::filesystem::path path_() const { return temporary_.path() / "run"; }
  const Json plan_{{"seed", 1}, {"samples", 6}, {"placement", "pinned"}, {"cells", Json::array({"a"})}};
  TemporaryFolder temporary_;
};

TEST_F(Folder, StartsWhereThereIsNothing) {
  EXPECT_FALSE(RunFolder(path_(), false, plan_).resumed());
  EXPECT_TRUE(std::filesystem::exists(path_() / "plan.json"));
}

TEST_F(Folder, WhatIsDiscardedLeavesNothingOfItsOwn) {
  RunFolder(path_() / "below", false, plan_).discard();
  EXPECT_FALSE(std::filesystem::exists(path_()));
  std::filesystem::create_directories(path_());
  RunFolder(path_(), false, plan_).discard();  // another's, empty
  EXPECT_TRUE(std::filesystem::is_empty(path_()));
  RunFolder(path_(), false, plan_);
  RunFolder(path_(), true, plan_).discard();  // goes on
  EXPECT_TRUE(std::filesystem::exists(path_() / "plan.json"));
  const RunFolder beside(path_() / "own", false, plan_);
  write_text(path_() / "own" / "notes.txt", "mine");
  beside.discard();
  EXPECT_EQ(read_text(path_() / "own" / "notes.txt"), "mine");
}

TEST_F(Folder, ResumeSimplyStartsWhereThereIsNothing) {
  EXPECT_FALSE(RunFolder(path_(), true, plan_).resumed());
  std::filesystem::remove(path_() / "plan.json");
  EXPECT_FALSE(RunFolder(path_(), true, plan_).resumed());
}

TEST_F(Folder, RefusesOneThatHoldsSomething) {
  RunFolder(path_(), false, plan_);
  EXPECT_THROW(RunFolder(path_(), false, plan_), MachineError);
}

TEST_F(Folder, ResumesTheSamePlanUnderTheSameName) {
  const RunFolder first(path_(), false, plan_);
  const RunFolder again(path_(), true, plan_);
  EXPECT_TRUE(again.resumed());
  EXPECT_EQ(again.name(), first.name());
}

TEST_F(Folder, RefusesAnotherPlanAndSaysWhatDiffers) {
  RunFolder(path_(), false, plan_);
  for (const auto& [key, value] :
       {std::pair{"seed", Json(2)}, {"samples", Json(7)}, {"cells", Json::array({"b"})}}) {
    Json other = plan_;
    other[key] = value;
    try {
      RunFolder(path_(), true, other);
      ADD_FAILURE() << key;
    } catch (const MachineError& error) {
      EXPECT_NE(std::string(error.what()).find(std::string("its ") + key), std::string::npos) << error.what();
    }
  }
}

TEST_F(Folder, RefusesToGoOnWithAnotherBuild) {
  Json plan = plan_;
  plan["modules"] = {{"backend a", "1"}, {"workload sums", "2"}};
  RunFolder(path_(), false, plan);
  EXPECT_TRUE(RunFolder(path_(), true, plan).resumed());
  plan["modules"]["workload sums"] = "3";
  try {
    RunFolder(path_(), true, plan);
    ADD_FAILURE();
  } catch (const MachineError& error) {
    EXPECT_NE(std::string(error.what()).find("its workload sums has changed since"), std::string::npos)
        << error.what();
  }
}

TEST_F(Folder, RefusesToResumeWhatIsNoRun) {
  write_text(path_() / "notes.txt", "mine");
  EXPECT_THROW(RunFolder(path_(), true, plan_), MachineError);
  EXPECT_EQ(read_text(path_() / "notes.txt"), "mine");
  write_text(path_() / "plan.json", "{ torn");
  EXPECT_THROW(RunFolder(path_(), true, plan_), MachineError);
}

TEST_F(Folder, APlanThatWasEditedByHandIsAnother) {
  Json plan = plan_;
  plan["modules"] = {{"backend a", "1"}};
  for (const Json& modules : {Json("x"), Json::array({1}), Json{{"backend a", 5}}, Json()}) {
    Json edited = plan;
    edited["run"] = "r";
    edited["modules"] = modules;
    write_text(path_() / "plan.json", edited.dump());
    EXPECT_THROW(RunFolder(path_(), true, plan), MachineError) << modules;
  }
}

TEST_F(Folder, BytesThatAreNoTextAreTheSameAfterwards) {
  Json plan = plan_;
  plan["variables"] = {{"MALLOC_ARENA_MAX", "\xff"}};
  RunFolder(path_(), false, plan);
  EXPECT_TRUE(RunFolder(path_(), true, plan).resumed());
}

TEST_F(Folder, NothingIsLeftWhereItCannotBeMade) {
  EXPECT_THROW(RunFolder(path_() / "a" / std::string(256, 'a'), false, plan_), MachineError);
  EXPECT_FALSE(std::filesystem::exists(path_()));
}

TEST_F(Folder, ALinkThatLeadsNowhereStaysAndIsNamed) {
  const auto link = temporary_.path() / "link";
  std::filesystem::create_symlink("nowhere", link);
  for (const auto& folder : {link, link / "below"}) try {
      RunFolder(folder, false, plan_);
      ADD_FAILURE() << folder;
    } catch (const MachineError& error) {
      EXPECT_EQ(error.what(), "cannot make the folder '" + folder.string() + "': '" + link.string() +
                                  "' is a link to 'nowhere', which is not there");
    }
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_FALSE(std::filesystem::exists(link));
}

/// The oracle is the page that lists them.
TEST_F(Folder, FilesOfARunAreThoseOfThePage) {
  std::filesystem::create_directories(path_());
  std::filesystem::create_directory_symlink(path_(), temporary_.path() / "link");
  std::istringstream page(read_text(RUNOFF_SCHEMA));
  int files = 0;
  for (std::string line; std::getline(page, line) && !line.starts_with("## ");) {
    if (!line.starts_with("| `")) continue;
    const std::string names = line.substr(0, line.find(" | "));
    const std::regex name("`([a-z_]+\\.[a-z]+)`");
    for (std::sregex_iterator one(names.begin(), names.end(), name), none; one != none; ++one, ++files) {
      EXPECT_TRUE(is_file_of_run(path_() / (*one)[1].str(), path_())) << (*one)[1];
      EXPECT_TRUE(is_file_of_run(temporary_.path() / "link" / (*one)[1].str(), path_())) << (*one)[1];
      EXPECT_FALSE(is_file_of_run(temporary_.path() / (*one)[1].str(), path_())) << (*one)[1];
    }
  }
  EXPECT_GT(files, 15);
  EXPECT_FALSE(is_file_of_run(path_() / "own.json", path_()));
  write_text(path_() / "samples.csv", "");
  std::filesystem::create_hard_link(path_() / "samples.csv", temporary_.path() / "own.csv");
  EXPECT_TRUE(is_file_of_run(temporary_.path() / "own.csv", path_()));
}

TEST_F(Folder, RefusesWhereNoFolderCanBe) {
  write_text(path_(), "a file");
  EXPECT_THROW(RunFolder(path_(), false, plan_), MachineError);
  EXPECT_THROW(RunFolder(path_() / "below", false, plan_), MachineError);
}

}  // namespace
}  // namespace runoff
