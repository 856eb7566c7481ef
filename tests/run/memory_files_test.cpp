#include "run/memory_files.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <string>
#include <vector>

#include "runoff/memory.h"
#include "support/memory_file.h"

namespace runoff {
namespace {

constexpr std::int64_t mebibyte = 1 << 20;

ino_t inode(const LentFile& file) {
  struct stat about {};
  EXPECT_EQ(::fstat(file.file.get(), &about), 0);
  return about.st_ino;
}

/// Bytes of memory that the file holds.
std::int64_t held(const LentFile& file) {
  struct stat about {};
  EXPECT_EQ(::fstat(file.file.get(), &about), 0);
  return about.st_blocks * 512;
}

/// What a cell does with it.
void write_into(const LentFile& file) {
  Memory memory = Memory::reuse(reuse_memory_file(std::array{file.path()}));
  auto bytes = memory.array<std::byte>(static_cast<std::size_t>(file.bytes));
  std::fill(bytes.begin(), bytes.end(), std::byte{7});
}

TEST(MemoryFiles, TheNextCellHasThePagesOfTheOneBeforeAndFindsZeros) {
  MemoryFiles files(8 * mebibyte);
  LentFile first = files.lend(3 * mebibyte);
  write_into(first);
  const ino_t number = inode(first);
  const std::int64_t pages = held(first);
  EXPECT_GE(pages, 3 * mebibyte);
  files.take_back(std::move(first));

  const LentFile next = files.lend(3 * mebibyte);
  EXPECT_EQ(inode(next), number);
  EXPECT_EQ(held(next), pages);
  Memory memory = Memory::reuse(reuse_memory_file(std::array{next.path()}));
  EXPECT_EQ(held(next), pages);
  const auto bytes = memory.array<std::byte>(4 * mebibyte);
  EXPECT_TRUE(std::all_of(bytes.begin(), bytes.end(), [](std::byte byte) { return byte == std::byte{0}; }));
}

TEST(MemoryFiles, WhatIsFilledAnywayIsNotCleared) {
  MemoryFiles files(8 * mebibyte);
  const LentFile file = files.lend(3 * mebibyte);
  write_into(file);
  Memory memory = Memory::reuse(reuse_memory_file(std::array{file.path()}));
  const auto zeros = memory.array<std::byte>(1000), any = memory.array_to_fill<std::byte>(mebibyte);
  const auto more = memory.array<std::byte>(3 * mebibyte);  // to behind the end of what was written
  const auto all_are = [](std::span<std::byte> bytes, int value) {
    return std::ranges::all_of(bytes, [value](std::byte byte) { return byte == std::byte(value); });
  };
  EXPECT_TRUE(all_are(zeros, 0));
  EXPECT_TRUE(all_are(any, 7));
  EXPECT_TRUE(all_are(more, 0));
}

TEST(MemoryFiles, TwoThatLiveAtTheSameTimeHaveTwo) {
  MemoryFiles files(8 * mebibyte);
  const LentFile one = files.lend(mebibyte), other = files.lend(mebibyte);
  EXPECT_NE(one.path(), other.path());
  write_into(one);
  EXPECT_EQ(held(other), 0);
}

TEST(MemoryFiles, AnotherProblemHasAFileOfItsOwn) {
  MemoryFiles files(8 * mebibyte);
  LentFile large = files.lend(3 * mebibyte);
  write_into(large);
  files.take_back(std::move(large));
  EXPECT_EQ(held(files.lend(2 * mebibyte)), 0);
  EXPECT_GT(held(files.lend(3 * mebibyte)), 0);
}

TEST(MemoryFiles, NoMoreIsKeptThanWasAllowed) {
  MemoryFiles files(4 * mebibyte);
  std::vector<LentFile> lent;
  for (int i = 0; i < 3; ++i) write_into(lent.emplace_back(files.lend(2 * mebibyte)));
  for (auto& file : lent) files.take_back(std::move(file));
  int kept = 0;
  for (auto& file : lent) kept += held(file = files.lend(2 * mebibyte)) > 0;
  EXPECT_EQ(kept, 2);

  files.take_back(std::move(lent.front()));
  files.take_back(std::move(lent.back()));
  lent.clear();
  lent.push_back(files.lend(5 * mebibyte));  // for which all that is idle must go
  EXPECT_EQ(held(files.lend(2 * mebibyte)), 0);
}

// As ranks do: none is told which of them is its own.
TEST(MemoryFiles, EachProcessTakesOneThatNoOtherHas) {
  MemoryFiles files(8 * mebibyte);
  const LentFile one = files.lend(mebibyte), other = files.lend(mebibyte);
  const std::array paths{one.path(), other.path()};
  {
    Memory first = Memory::reuse(reuse_memory_file(paths));
    Memory second = Memory::reuse(reuse_memory_file(paths));
    first.object<int>() = 1;
    EXPECT_EQ(second.object<int>(), 0);
    EXPECT_THROW(reuse_memory_file(paths), std::system_error);
  }
  EXPECT_EQ(Memory::reuse(reuse_memory_file(paths)).object<int>(), 0);
}

TEST(MemoryFiles, AFileThatIsNotThereIsAnError) {
  try {
    reuse_memory_file(std::array<std::string, 1>{"/proc/self/fd/999999"});
    FAIL();
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code().value(), ENOENT);
  }
}

}  // namespace
}  // namespace runoff
