#include "life.h"

#include <sys/syscall.h>
#include <unistd.h>

#include "runoff/memory.h"

Life::Life(runoff::Memory& memory, std::size_t workers)
    : nodes_(memory.array<Node>(workers)), words_(memory.array<runoff::Atomic<std::uint32_t>>(workers)) {}

void Life::begin(std::size_t worker) {
  Node& node = nodes_[worker];
  runoff::Atomic<std::uint32_t>& word = words_[worker];
  node.entry.next = &node.head.list;
  node.head.list.next = &node.entry;
  node.head.futex_offset = reinterpret_cast<char*>(&word) - reinterpret_cast<char*>(&node.entry);
  node.head.list_op_pending = nullptr;
  // Relaxed: the system call comes after it, and nothing else is concluded from it.
  word.store(static_cast<std::uint32_t>(::syscall(SYS_gettid)), std::memory_order_relaxed);
  ::syscall(SYS_set_robust_list, &node.head, sizeof(node.head));
}
