#include "runoff/memory.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdint>

namespace runoff {
namespace {

TEST(Memory, is_zero_aligned_and_in_order) {
  Memory memory = Memory::create();
  const auto numbers = memory.array<double>(1000);
  EXPECT_TRUE(std::all_of(numbers.begin(), numbers.end(), [](double x) { return x == 0; }));
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(numbers.data()) % cache_line, 0u);
  const std::byte* next = memory.bytes(1, 4096);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(next) % 4096, 0u);
  EXPECT_GE(next, reinterpret_cast<const std::byte*>(numbers.data() + numbers.size()));
}

TEST(Memory, a_forked_process_writes_into_the_same) {
  Memory memory = Memory::create();
  auto& value = memory.object<std::uint64_t>();
  const pid_t child = ::fork();
  if (child == 0) {
    value = 42;
    ::_exit(0);
  }
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  EXPECT_EQ(value, 42u);
}

TEST(Memory, who_attaches_and_claims_alike_finds_the_same) {
  Memory memory = Memory::create();
  memory.array<char>(13);
  auto& value = memory.object<std::uint64_t>();
  value = 7;
  Memory other = Memory::attach(::dup(memory.descriptor()));
  EXPECT_TRUE(other.attached());
  other.array<char>(13);
  auto& same = other.object<std::uint64_t>();
  EXPECT_NE(&same, &value);
  EXPECT_EQ(same, 7u);
  same = 8;
  EXPECT_EQ(value, 8u);
}

TEST(Memory, what_no_machine_could_hold_is_refused) {
  Memory memory = Memory::create();
  EXPECT_THROW(memory.array<double>(std::size_t{1} << 61), std::bad_alloc);
  EXPECT_THROW(memory.bytes(std::size_t{1} << 62), std::bad_alloc);
  EXPECT_NO_THROW(memory.array<double>(10));
}

TEST(Memory, sizes_are_told_in_units_that_show_them) {
  EXPECT_EQ(Memory::size_text(512), "0.5 KiB");
  EXPECT_EQ(Memory::size_text(std::size_t{8} << 20), "8.0 MiB");
  EXPECT_EQ(Memory::size_text((std::size_t{1} << 30) - 1), "1023.9 MiB");
  EXPECT_EQ(Memory::size_text(std::size_t{5} << 29), "2.5 GiB");
}

TEST(Memory, populating_touches_pages_and_changes_nothing) {
  Memory memory = Memory::create();
  const auto bytes = memory.array<std::byte>(1 << 20);
  bytes[4097] = std::byte{9};
  memory.populate(bytes.subspan(4096));
  EXPECT_EQ(bytes[4097], std::byte{9});
  EXPECT_EQ(bytes[9000], std::byte{0});
}

}  // namespace
}  // namespace runoff
