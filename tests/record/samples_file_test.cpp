#include "record/samples_file.h"

#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <functional>

#include "record/csv.h"
#include "support/errors.h"
#include "support/temporary.h"

namespace {
int fail_fdatasync = 0, fail_flock = 0;  // with this error, where it is not 0

long done_or(int error, long done) {
  if (error == 0) return done;
  errno = error;
  return -1;
}
}  // namespace

// In the place of the system's.
extern "C" int fdatasync(int file) {
  return static_cast<int>(done_or(fail_fdatasync, ::syscall(SYS_fdatasync, file)));
}
extern "C" int flock(int file, int operation) noexcept {
  return static_cast<int>(fail_flock != 0 ? done_or(fail_flock, 0) : ::syscall(SYS_flock, file, operation));
}

namespace runoff {
namespace {

Sample sample_number(std::int64_t order) {
  Sample sample;
  sample.run = "r";
  sample.order = sample.sample = order;
  sample.workload = "sums";
  sample.detail = "said \"no\", twice";
  sample.wall_ns = 1000 + order;
  return sample;
}

class File : public testing::Test {
 protected:
  TemporaryFolder temporary_;
  std::filesystem::path path_ = temporary_.path() / "samples.csv";
};

TEST_F(File, KeepsWhatItWasGiven) {
  {
    SamplesFile file(path_, "r");
    EXPECT_TRUE(file.existing().empty());
    file.append(sample_number(0));
    file.append(sample_number(1));
  }
  const SamplesFile again(path_, "r");
  ASSERT_EQ(again.existing().size(), 2U);
  EXPECT_EQ(again.existing()[0], sample_number(0));
  EXPECT_EQ(again.existing()[1], sample_number(1));
}

TEST_F(File, OfAnotherRunIsLeftAsItIs) {
  Sample sample = sample_number(0);
  sample.latency_quantiles = {{1, 5}};
  { SamplesFile(path_, "r").append(sample); }
  const auto latencies = temporary_.path() / "latencies.csv";
  const std::string latencies_before = read_text(latencies);
  sample.run = "another", sample.order = 1;
  const std::string other = csv_line(sample_columns()) + csv_line(to_row(sample)) + "torn";
  write_text(path_, other);
  try {
    SamplesFile file(path_, "r");
    ADD_FAILURE();
  } catch (const MachineError& error) {
    EXPECT_TRUE(std::string(error.what())
                    .starts_with("'" + path_.string() + "' holds samples of the run 'another', not of 'r'"))
        << error.what();
  }
  EXPECT_EQ(read_text(path_), other);
  EXPECT_EQ(read_text(latencies), latencies_before);
}

TEST_F(File, LatenciesOfAnotherRunAreLeftAsTheyAre) {
  Sample sample = sample_number(0);
  sample.latency_quantiles = {{1, 5}};
  { SamplesFile(path_, "r").append(sample); }
  const auto latencies = temporary_.path() / "latencies.csv";
  const std::string own = read_text(latencies);
  std::string other = own;
  other.replace(other.find("\nr,") + 1, 1, "another");
  write_text(latencies, other);
  try {
    SamplesFile file(path_, "r");
    ADD_FAILURE();
  } catch (const MachineError& error) {
    EXPECT_TRUE(
        std::string(error.what())
            .starts_with("'" + latencies.string() + "' holds latencies of the run 'another', not of 'r'"))
        << error.what();
  }
  EXPECT_EQ(read_text(latencies), other);
  write_text(latencies, own);
  EXPECT_EQ(SamplesFile(path_, "r").existing().size(), 1U);
  EXPECT_EQ(read_text(latencies), own);
}

TEST_F(File, DropsATornLastRowWhereverItWasTorn) {
  {
    SamplesFile file(path_, "r");
    file.append(sample_number(0));
  }
  const std::string one = read_text(path_);
  {
    SamplesFile file(path_, "r");
    file.append(sample_number(1));
  }
  const std::string two = read_text(path_);
  for (std::size_t size = one.size(); size < two.size(); ++size) {
    write_text(path_, two.substr(0, size));
    SamplesFile file(path_, "r");
    ASSERT_EQ(file.existing().size(), 1U) << size;
    file.append(sample_number(1));
    ASSERT_EQ(read_text(path_), two) << size;
  }
}

TEST_F(File, ATornHeaderIsWrittenAgain) {
  write_text(path_, "run,ord");
  EXPECT_TRUE(SamplesFile(path_, "r").existing().empty());
  const std::string text = read_text(path_);
  EXPECT_TRUE(text.starts_with("run,order,workload"));
  EXPECT_TRUE(SamplesFile(path_, "r").existing().empty());
  EXPECT_EQ(read_text(path_), text);
}

TEST_F(File, RefusesAnotherTable) {
  write_text(path_, "a,b\r\n1,2\r\n");
  EXPECT_THROW(SamplesFile(path_, "r"), MachineError);
  EXPECT_EQ(read_text(path_), "a,b\r\n1,2\r\n");
}

TEST_F(File, RowsFollowTheHeaderThatIsThere) {
  { SamplesFile(path_, "r").append(sample_number(0)); }
  CsvTable table = parse_csv(read_text(path_));
  std::string text;
  for (CsvRow& row : table.rows) {  // an older version's columns, two of them swapped
    row.resize(27);
    std::swap(row[11], row[12]);
    text += csv_line(row);
  }
  write_text(path_, text);
  { SamplesFile(path_, "r").append(sample_number(1)); }
  const SamplesFile again(path_, "r");
  ASSERT_EQ(again.existing().size(), 2U);
  EXPECT_EQ(again.existing()[1].wall_ns, 1001);
  for (const CsvRow& row : parse_csv(read_text(path_)).rows) EXPECT_EQ(row.size(), 27U);
}

TEST_F(File, WhatCannotBeGoneOnWithStaysAsItIs) {
  { SamplesFile(path_, "r").append(sample_number(0)); }
  const std::string good = read_text(path_);
  const std::size_t body = good.find('\n') + 1;
  std::string semicolons = good;
  std::replace(semicolons.begin(), semicolons.begin() + static_cast<std::ptrdiff_t>(body), ',', ';');
  std::string utf16 = "\xFF\xFE";
  for (const char c : good) (utf16 += c) += '\0';
  std::string returns = good;
  std::erase(returns, '\n');
  for (const std::string& text :
       {semicolons, utf16, returns, good + good.substr(body), std::string("notes, not ")}) {
    write_text(path_, text + "torn");
    EXPECT_THROW(SamplesFile(path_, "r"), MachineError);
    EXPECT_EQ(read_text(path_), text + "torn");
  }
}

TEST_F(File, RefusesASecondWriter) {
  const SamplesFile file(path_, "r");
  EXPECT_THROW(SamplesFile(path_, "r"), MachineError);
}

TEST_F(File, WhatCannotBeReadIsNotTakenForEmpty) {
  const auto message = [this] {
    try {
      SamplesFile file(path_, "r");
    } catch (const MachineError& error) {
      return std::string(error.what());
    }
    return std::string("nothing was thrown");
  };
  std::filesystem::create_symlink("/proc/self/mem", path_);  // an error of the disk
  EXPECT_EQ(message(), "cannot read '" + path_.string() + "': Input/output error");
  std::filesystem::remove(path_);
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
  EXPECT_EQ(message(), "cannot read '" + path_.string() + "': it is no regular file");
  std::filesystem::remove(path_);
  const auto latencies = temporary_.path() / "latencies.csv";
  std::filesystem::create_symlink("/proc/self/mem", latencies);
  EXPECT_EQ(message(), "cannot read '" + latencies.string() + "': Input/output error");
  EXPECT_TRUE(std::filesystem::is_symlink(latencies));
}

TEST_F(File, WhatOthersDoToItMeanwhileIsToldOf) {
  const auto message = [this](const std::function<void()>& meanwhile) {
    std::filesystem::remove(path_);
    SamplesFile file(path_, "r");
    file.append(sample_number(0));
    meanwhile();
    try {
      file.append(sample_number(1));
    } catch (const MachineError& error) {
      return std::string(error.what());
    }
    return std::string("nothing was thrown");
  };
  const auto holds = [](const std::string& text, const char* part) { return text.find(part) != text.npos; };
  EXPECT_EQ(message([] {}), "nothing was thrown");
  EXPECT_PRED2(holds, message([this] { write_text(path_, ""); }), "was changed by another program");
  EXPECT_PRED2(holds, message([this] { std::ofstream(path_, std::ios::app) << "x"; }), "was changed");
  EXPECT_PRED2(holds, message([this] { std::filesystem::remove(path_); }), "was removed");
  EXPECT_PRED2(holds, message([this] { std::filesystem::rename(path_, path_.string() + "2"); }), "was moved");
}

TEST_F(File, AnErrorThatComesWhenItIsOnTheDiskIsToldOf) {
  SamplesFile file(path_, "r");
  for (const int error : {EINVAL, ENOSYS, EOPNOTSUPP, EROFS}) {
    fail_fdatasync = error;
    EXPECT_NO_THROW(file.append(sample_number(error))) << error;
  }
  for (const int error : {ENOSPC, EDQUOT, EIO}) {
    fail_fdatasync = error;
    EXPECT_THROW(file.append(sample_number(error)), MachineError) << error;
  }
  Sample sample = sample_number(1000);
  sample.latency_quantiles = {{1, 5}};
  fail_fdatasync = EIO;
  EXPECT_THROW(file.append(sample), MachineError);
  fail_fdatasync = 0;
}

TEST_F(File, ASecondWriterIsRefusedWhereThereIsTheOtherKindOfLock) {
  for (const int error : {ENOLCK, EOPNOTSUPP, ENOSYS}) {
    fail_flock = error;
    const SamplesFile file(path_, "r");
    EXPECT_THROW(SamplesFile(path_, "r"), MachineError) << error;
  }
  fail_flock = EIO;
  EXPECT_THROW(SamplesFile(path_, "r"), MachineError);
  fail_flock = 0;
}

}  // namespace
}  // namespace runoff
