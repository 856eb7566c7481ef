#pragma once

#include <sys/resource.h>

#include <cstddef>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

namespace runoff {

namespace detail {

/// " (ulimit -v is 20000)": limits of memory, in which a thread finds no room for its stack. The system gives
/// the same reason for that as for too many processes.
inline std::string memory_limits_text() {
  std::string text;
  const auto add = [&text](auto resource, const char* option) {
    rlimit limit{};
    if (::getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return;
    text += (text.empty() ? " (ulimit " : ", ulimit ") + std::string(option) + " is " +
            std::to_string(limit.rlim_cur / 1024);
  };
  add(RLIMIT_AS, "-v");
  add(RLIMIT_DATA, "-d");
  return text.empty() ? text : text + ")";
}

}  // namespace detail

/// That a worker could not be had, by its number from 1 on, and why: "cannot start worker 33 of 100: Resource
/// temporarily unavailable".
inline std::system_error cannot_start_worker(std::size_t number, std::size_t of, std::error_code why) {
  const std::string limits =
      why == std::errc::resource_unavailable_try_again ? detail::memory_limits_text() : std::string();
  return std::system_error(
      why, "cannot start worker " + std::to_string(number) + " of " + std::to_string(of) + limits);
}

/// A thread that is this worker. Throws what `cannot_start_worker` says where a limit leaves no room for it;
/// those before it run, and are the caller's to end.
template <class Function>
std::thread start_thread(std::size_t number, std::size_t of, Function function) {
  try {
    return std::thread(std::move(function));
  } catch (const std::system_error& error) {
    throw cannot_start_worker(number, of, error.code());
  }
}

}  // namespace runoff
