#include "creation.h"

#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>

namespace prices {
namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point begin) {
  return std::chrono::duration<double, std::nano>(Clock::now() - begin).count();
}

void reap(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0)
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "waitpid");
  if (status != 0) throw std::system_error(ECHILD, std::generic_category(), "a child that was to do nothing");
}

}  // namespace

double thread() {
  const auto begin = Clock::now();
  std::thread([] {}).join();
  return since(begin);
}

double forked_process() {
  const auto begin = Clock::now();
  const pid_t child = ::fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (child == 0) ::_exit(0);
  reap(child);
  return since(begin);
}

double spawned_process() {
  char name[] = "/bin/true";
  char* const arguments[] = {name, nullptr};
  const auto begin = Clock::now();
  pid_t child = 0;
  const int error = ::posix_spawn(&child, name, nullptr, nullptr, arguments, environ);
  if (error != 0) throw std::system_error(error, std::generic_category(), "posix_spawn of /bin/true");
  reap(child);
  return since(begin);
}

Touched::Touched(std::size_t size)
    : size_(size), base_(::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {
  if (base_ == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
  ::madvise(base_, size_, MADV_NOHUGEPAGE);
  constexpr std::size_t page = 4096;
  for (std::size_t at = 0; at < size_; at += page) static_cast<volatile char*>(base_)[at] = 1;
}

Touched::~Touched() { ::munmap(base_, size_); }

}  // namespace prices
