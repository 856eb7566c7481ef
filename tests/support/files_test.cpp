#include "support/files.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <thread>

#include "support/descriptor.h"
#include "support/errors.h"
#include "support/temporary.h"

namespace runoff {
namespace {

class WriteFile : public testing::Test {
 protected:
  std::string message(const std::filesystem::path& file, const std::string& text = "new") {
    try {
      write_file(file, text);
    } catch (const MachineError& error) {
      return error.what();
    }
    return "nothing was thrown";
  }
  std::size_t files() const {
    const auto all = std::filesystem::directory_iterator(folder_.path());
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
  }
  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.path() / "file";
};

TEST_F(WriteFile, MakesAndReplacesTheWholeFile) {
  const std::string binary("a\r\n\0\xff", 5);
  write_file(file_, binary);
  EXPECT_EQ(read_text(file_), binary);
  write_file(file_, "b");
  EXPECT_EQ(read_text(file_), "b");
  EXPECT_EQ(files(), 1U);
}

TEST_F(WriteFile, KeepsALinkAndWritesWhatItNames) {
  const auto link = folder_.path() / "link";
  std::filesystem::create_symlink("file", link);
  write_file(link, "first, which is longer");
  write_file(link, "second");
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(read_text(file_), "second");
  EXPECT_EQ(files(), 2U);
}

TEST_F(WriteFile, WritesToAPipeAndADeviceWithoutReplacingThem) {
  ASSERT_EQ(::mkfifo(file_.c_str(), 0600), 0);
  const Descriptor reader(::open(file_.c_str(), O_RDWR | O_CLOEXEC));
  write_file(file_, "new");
  std::array<char, 8> text{};
  EXPECT_EQ(::read(reader.get(), text.data(), text.size()), 3);
  EXPECT_STREQ(text.data(), "new");
  EXPECT_TRUE(std::filesystem::is_fifo(file_));
  // Through a link of our own, so that a fault would not cost this machine its device.
  const auto device = folder_.path() / "full";
  std::filesystem::create_symlink("/dev/full", device);
  EXPECT_EQ(message(device), "cannot write to '" + device.string() + "': No space left on device");
  EXPECT_TRUE(std::filesystem::is_character_file(device));
  EXPECT_EQ(files(), 2U);
}

TEST_F(WriteFile, DoesNotWaitForTheReaderOfAPipe) {
  ASSERT_EQ(::mkfifo(file_.c_str(), 0600), 0);
  EXPECT_EQ(message(file_), "cannot write '" + file_.string() + "': it is a pipe that no program reads");
  EXPECT_TRUE(std::filesystem::is_fifo(file_));
  const Descriptor reader(::open(file_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  std::string all, text(1'000'000, 'x');  // more than a pipe holds
  std::thread writing([&] { write_file(file_, text); });
  std::array<char, 65536> part{};
  while (all.size() < text.size())
    if (const ssize_t came = ::read(reader.get(), part.data(), part.size()); came > 0)
      all.append(part.data(), static_cast<std::size_t>(came));
  writing.join();
  EXPECT_EQ(all, text);
}

TEST_F(WriteFile, NamesTheReason) {
  const auto nowhere = folder_.path() / "no" / "file";
  EXPECT_EQ(message(nowhere), "cannot write '" + nowhere.string() + "': No such file or directory");
}

TEST_F(WriteFile, LeavesNoDraftWhereItsNameIsTaken) {
  std::filesystem::create_directory(file_);
  EXPECT_EQ(message(file_), "cannot write '" + file_.string() + "': Is a directory");
  EXPECT_EQ(files(), 1U);
}

TEST_F(WriteFile, LeavesTheOldFileAndNoDraftWhenThereIsNoRoom) {
  write_file(file_, "old");
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  rlimit little = before;
  little.rlim_cur = 1000;
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &little), 0);
  const std::string said = message(file_, std::string(2000, 'x'));
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(said, "cannot write to '" + file_.string() + "': File too large");
  EXPECT_EQ(read_text(file_), "old");
  EXPECT_EQ(files(), 1U);
}

class ReadFile : public testing::Test {
 protected:
  std::string message() const {
    try {
      read_if_there(file_);
    } catch (const MachineError& error) {
      return error.what();
    }
    return "nothing was thrown";
  }
  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.path() / "file";
  std::string cannot_ = "cannot read '" + file_.string() + "': ";
};

TEST_F(ReadFile, GivesAllOfIt) {
  for (const std::size_t size : {0, 1, 4095, 4096, 4097, 100'000}) {
    std::string text(size, 'x');
    if (size > 0) text.back() = '\0';
    write_text(file_, text);
    EXPECT_EQ(read_file(file_), text) << size;
  }
  EXPECT_EQ(read_file("/proc/self/maps").back(), '\n');  // no size is told of it
}

TEST_F(ReadFile, OneThatIsNotThereIsNone) {
  EXPECT_EQ(read_if_there(file_), std::nullopt);
  EXPECT_EQ(read_if_there(file_ / "below"), std::nullopt);
  EXPECT_THROW(read_file(file_), MachineError);
  write_text(file_, "");
  EXPECT_EQ(read_if_there(file_), "");
}

TEST_F(ReadFile, OneThatCannotBeReadIsToldOf) {
  std::filesystem::create_symlink("/proc/self/mem", file_);  // its beginning is no memory of this process
  EXPECT_EQ(message(), cannot_ + "Input/output error");
  std::filesystem::remove(file_);
  std::filesystem::create_symlink("file", file_);
  EXPECT_EQ(message(), cannot_ + "Too many levels of symbolic links");
}

TEST_F(ReadFile, NothingIsWaitedFor) {
  ASSERT_EQ(::mkfifo(file_.c_str(), 0600), 0);
  EXPECT_EQ(message(), cannot_ + "it is no regular file");
  std::filesystem::remove(file_);
  std::filesystem::create_directory(file_);
  EXPECT_EQ(message(), cannot_ + "it is no regular file");
}

}  // namespace
}  // namespace runoff
